//! How many tokens a text can have at most, without knowing the model's tokenizer.

/// Tokens that a message costs besides its text: its role and its marks.
const FOR_A_MESSAGE: u64 = 16;

/// A high guess: prose has about half as many, and only texts that no tokenizer knows come near.
///
/// Two letters share a token at worst (a rare name), a space goes with its word, digits and signs stand for
/// themselves; other scripts take up to a token for every two bytes of a character.
pub(crate) fn tokens(text: &str) -> u64 {
    let mut halves = 0_u64;
    let mut after_space = true;
    for c in text.chars() {
        halves += match c {
            ' ' if !after_space => 0,
            'a'..='z' | 'A'..='Z' => 1,
            c if c.is_ascii() => 2,
            c => (c.len_utf8() as u64).max(3),
        };
        after_space = c == ' ';
    }
    halves.div_ceil(2) + FOR_A_MESSAGE
}

#[cfg(test)]
mod tests {
    use super::{FOR_A_MESSAGE, tokens};

    #[test]
    fn prose_is_guessed_at_about_one_token_for_two_letters() {
        let prose = "The quick brown fox jumps over the lazy dog.";
        assert_eq!(tokens(prose) - FOR_A_MESSAGE, 19);
    }

    #[test]
    fn every_sign_of_a_text_without_words_counts() {
        assert_eq!(tokens(""), FOR_A_MESSAGE);
        assert_eq!(tokens("12345678") - FOR_A_MESSAGE, 8);
        assert_eq!(tokens("\n\n\n\n") - FOR_A_MESSAGE, 4);
        assert_eq!(tokens("    ") - FOR_A_MESSAGE, 4);
        assert_eq!(tokens("😀😀") - FOR_A_MESSAGE, 4);
        assert_eq!(tokens("日本語") - FOR_A_MESSAGE, 5);
    }
}
