//! What is read of a text is what stands in it: lists with their figures, questions with their answers,
//! tables whole, and nothing that only leads elsewhere.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use domain::{Source, SourceKind};
use writer::{Article, Passage, Unreadable, read_article, source_kind};

fn read(kind: SourceKind, text: &str) -> Article {
    read_article(&Source { kind, text: text.to_owned(), url: None, name: None }).unwrap()
}

/// One line a passage: headings with `#`, items with `-` or their number, cells between bars.
fn shown(article: &Article) -> String {
    let mut out = vec![format!("= {}", article.title.as_deref().unwrap_or("?"))];
    for section in &article.sections {
        out.extend(
            section.heading.as_ref().map(|heading| format!("{} {heading}", "#".repeat(section.level.into()))),
        );
        for passage in &section.passages {
            match passage {
                Passage::Paragraph(text) => out.push(text.clone()),
                Passage::List { ordered, start, introduction, items } => {
                    out.extend(introduction.as_ref().map(|lead| format!("({lead})")));
                    for (n, item) in items.iter().enumerate() {
                        let mark =
                            if *ordered { format!("{}.", *start as usize + n) } else { "-".to_owned() };
                        out.push(format!("{mark} {item}"));
                    }
                }
                Passage::Quote { text, attribution } => out.push(format!("> {text} / {attribution:?}")),
                Passage::Code { code, .. } => out.extend(code.lines().map(|line| format!("$ {line}"))),
                Passage::Table { header, rows } => {
                    out.push(format!("|{}|", header.join("|")));
                    out.extend(rows.iter().map(|row| format!("|{}|", row.join("|"))));
                }
            }
        }
    }
    out.join("\n")
}

fn markdown(text: &str) -> String {
    shown(&read(SourceKind::Markdown, text))
}

fn plain(text: &str) -> String {
    shown(&read(SourceKind::Plain, text))
}

fn html(text: &str) -> String {
    shown(&read(SourceKind::Html, &format!("<html><body>{text}</body></html>")))
}

#[test]
fn an_item_keeps_the_list_inside_it() {
    let text = "# A board\n\nIt holds:\n\n- A chip. This chip has\n  - a core of 72 MHz, with hardware for figures that have a point\n  - 256 KiB of memory, which is enough for most programs\n- Two buttons\n  - red\n  - black\n- A plug.\n";
    let expected = "= A board\n# A board\nIt holds:\n(It holds:)\n- A chip.\n- Two buttons: red, black\n- A plug.\n(A chip. This chip has)\n- a core of 72 MHz, with hardware for figures that have a point\n- 256 KiB of memory, which is enough for most programs";
    assert_eq!(markdown(text), expected);
    // In plain text the depth shows the same.
    let text = "A board\n\nIt holds:\n\n  * A chip. This chip has\n    - a core of 72 MHz, with hardware for figures that have a point\n    - 256 KiB of memory, which is enough for most programs\n  * Two buttons\n    - red\n    - black\n  * A plug.\n";
    assert_eq!(plain(text), expected.replacen("# A board\n", "", 1));
}

#[test]
fn steps_keep_their_number_their_detail_and_their_command() {
    let text = "# Bake\n\n3. **Mix.** Stir 240 g of flour in.\n\n   Wait 40 minutes.\n4. Call the oven\n\n   `oven --heat 240 loaf`\n5. [x] Eat it.\n";
    assert_eq!(
        markdown(text),
        "= Bake\n# Bake\n3. Mix. Stir 240 g of flour in. Wait 40 minutes.\n4. Call the oven: oven --heat 240 loaf\n5. Eat it."
    );
}

#[test]
fn terms_keep_their_definitions() {
    assert_eq!(
        markdown("# T\n\nRye\n: A dark grain.\n\nSpelt\n: An old one.\n"),
        "= T\n# T\n- Rye: A dark grain.\n- Spelt: An old one."
    );
    assert_eq!(
        html("<h1>T</h1><dl><dt><code>-v</code></dt><dt><code>--verbose</code></dt><dd>Says more.</dd></dl>"),
        "= T\n# T\n- -v, --verbose: Says more."
    );
    assert_eq!(
        plain(
            "PRESS(1)      User Commands      PRESS(1)\n\nOPTIONS\n       -k, --keep\n              keep the file\n\n       -v     say more about each of the files\n"
        ),
        "= press\n# Options\n- -k, --keep: keep the file\n- -v: say more about each of the files"
    );
}

#[test]
fn a_question_keeps_its_whole_answer() {
    assert_eq!(
        markdown(
            "# FAQ of oats\n\n**May I eat them raw?**\n\nNo. Soak them first.\n\nQ: Do they keep?\nA: Yes! For a year.\n"
        ),
        "= FAQ of oats\n# FAQ of oats\n## May I eat them raw?\nNo. Soak them first.\n## Do they keep?\nYes! For a year."
    );
    assert_eq!(
        html("<h1>Oats</h1><dl><dt>May I eat them raw?</dt><dd>No. Soak them first.</dd></dl>"),
        "= Oats\n# Oats\n## May I eat them raw?\nNo. Soak them first."
    );
    assert_eq!(
        plain("Oats\n\nQ: Raw?\n\nA: No. Soak them first.\n"),
        "= Oats\n## Raw?\nNo. Soak them first."
    );
}

#[test]
fn words_in_code_stay_and_are_told_from_the_others() {
    let article = read(
        SourceKind::Markdown,
        "# The change\n\nReview each change of `if let` to `match`, if you let them match `Vec<T>`. A plain Vec<u8> and <kbd>Ctrl</kbd> stay.\n",
    );
    assert_eq!(
        shown(&article),
        "= The change\n# The change\nReview each change of “if let” to “match”, if you let them match Vec<T>. A plain Vec<u8> and Ctrl stay."
    );
    assert!(article.code.contains("if let") && article.code.contains("Vec<T>"), "{:?}", article.code);
}

#[test]
fn tables_are_whole() {
    let cells = "|Tree|Pit|Lost|\n|Lime|4 m³|18|\n|Oak|12 m³|5|";
    assert_eq!(
        markdown(
            "# Pits\n\n| Tree | Pit | Lost |\n|---|---|---|\n| Lime | 4 m³ | 18 |\n| Oak | 12 m³ | 5 |\n"
        ),
        format!("= Pits\n# Pits\n{cells}")
    );
    assert_eq!(
        plain(
            "Pits\n\n  Tree   Pit     Lost\n  ----   -----   ----\n  Lime   4 m³    18\n  Oak    12 m³   5\n\nThat is all there is.\n"
        ),
        format!("= Pits\n{cells}\nThat is all there is.")
    );
    assert_eq!(
        html(
            "<h1>Pits</h1><table><tr><th>Tree</th><th>Pit</th><th>Lost</th></tr><tr><td rowspan=2>Lime</td><td>4 m³</td><td>18</td></tr><tr><td colspan=2>none</td></tr></table>"
        ),
        "= Pits\n# Pits\n|Tree|Pit|Lost|\n|Lime|4 m³|18|\n|Lime|none|none|"
    );
}

#[test]
fn a_changelog_is_not_glued_together() {
    let text = "The press NEWS                     -*- outline -*-\n\n* Changes in release 1.2 (2022-04-07)\n\n** Bug fixes\n\n  'press -l' tells lengths of 4 GiB and larger.\n\nMajor changes from 1.0 to 1.1\n* Less output is lost\n  when a file is cut.\n* The port is new.\n";
    assert_eq!(
        plain(text),
        "= The press NEWS\n# Changes in release 1.2\n## Bug fixes\n'press -l' tells lengths of 4 GiB and larger.\n# Major changes from 1.0 to 1.1\n- Less output is lost when a file is cut.\n- The port is new."
    );
}

#[test]
fn what_is_for_the_eye_or_the_editor_is_no_text() {
    let text = "==================================\n=   W e l c o m e  to  t h e  T o u r   =\n==================================\n\n     This tour takes about half an hour, with all that is to be tried.\n\n~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n                 Lesson 1.1: MOVING\n\n   ** Press  k  to move up. **\n\n  1. Move about.\n\n  2. Type the line:\n       :q! <Enter>\n\n# vim: set ts=4 sw=4:\n";
    assert_eq!(
        plain(text),
        "= Welcome to the Tour\nThis tour takes about half an hour, with all that is to be tried.\n## Lesson 1.1: MOVING\nPress k to move up.\n1. Move about.\n2. Type the line: :q! <Enter>"
    );
    let kind = source_kind(b"** Press  k  to move. **\n\n** Press  j  to stay. **\n", Some("tour.txt"));
    assert_eq!(kind, SourceKind::Plain);
}

#[test]
fn a_page_is_read_without_what_leads_elsewhere() {
    let page = "<div class='header'>Next: <a href=b rel=next>Two</a>, Up: <a href=i rel=up>Top</a></div><h1>Limes</h1><p>Copyright © 2020 The town</p><ul><li><a href='#a'>Water</a></li><li><a href='#b'>Soil</a></li></ul><h2>Water</h2><p>A lime drinks 300 litres a day.</p><p><a href='#top'>Back to the top</a></p><h2>Soil</h2><p>It wants <a href=s>12 m³ of soil</a>.</p><p>[ <a href=a>previous</a> ] [ <a href=b>Contents</a> ] [ <a href=c>next</a> ]</p>";
    assert_eq!(
        html(page),
        "= Limes\n# Limes\n## Water\nA lime drinks 300 litres a day.\n## Soil\nIt wants 12 m³ of soil."
    );
}

#[test]
fn a_text_without_a_title_is_named_for_what_it_is_about() {
    let text = "__Presso__, or `presso` for short, is a fast program that makes files small.\n\n## Benchmarks\n\nIt is the fastest of all that were tried here.\n\n## Build\n\nIt is built with one command, and nothing else is needed for it.\n";
    assert_eq!(read(SourceKind::Markdown, text).title.as_deref(), Some("Presso"));
    let text = "These trees grow in the streets of the town.\n\n## Water\n\nThey drink it.\n\n## Soil\n\nThey want it.\n";
    let named = Source {
        kind: SourceKind::Markdown,
        text: text.to_owned(),
        url: None,
        name: Some("street-trees.md".into()),
    };
    assert_eq!(read_article(&named).unwrap().title.as_deref(), Some("Street trees"));
}

#[test]
fn what_can_not_be_read_is_said_in_one_sentence_with_the_mend() {
    let refused = |kind, text: &str| {
        read_article(&Source { kind, text: text.to_owned(), url: None, name: None }).unwrap_err()
    };
    assert_eq!(refused(SourceKind::Markdown, "# Only a title\n"), Unreadable::TitleAlone);
    let page = refused(SourceKind::Plain, ".Dd May 1, 2020\n.Dt CAT 1\n.Sh NAME\n.Nm cat\n");
    assert!(page.to_string().contains("man -l FILE | col -b > text.txt"), "{page}");
}

#[test]
fn a_changelogs_entries_that_link_elsewhere_are_kept() {
    let text = "# The press\n\n## 2.0\n\n### Language\n\n- [Closures may wait for others](https://example.org/1)\n- [Unused results are told by default](https://example.org/2)\n\n### See also\n\n- [Home](https://example.org/)\n- [Shop](https://example.org/shop)\n";
    let read = markdown(text);
    assert!(read.contains("- Closures may wait for others\n- Unused results are told by default"), "{read}");
    assert!(!read.contains("Shop"), "{read}");
}

#[test]
fn a_frame_of_asterisks_is_no_list() {
    let text = "The licence\n\n**********************************\n*                                *\n*  6. No warranty                *\n*  --------------                *\n*                                *\n*  The software is provided as   *\n*  it is, without a warranty.    *\n*                                *\n**********************************\n\nIt ends here, after the frame.\n";
    let read = plain(text);
    assert!(read.contains("The software is provided as it is, without a warranty."), "{read}");
    assert!(!read.contains('*') && !read.contains("- "), "{read}");
}
