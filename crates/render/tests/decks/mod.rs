//! Decks that the tests and the contact sheets share: the longest texts that the limits allow,
//! the shortest, other scripts, and pictures made here.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "each test uses some of them, and a fixture that fails is a failed test"
)]

use std::io::Cursor;

use domain::content::{Block, Layout, Role, limits};
use domain::{AssetId, Deck, Format, Language, Slide};
use render::{Assets, Theme};

/// Real prose, cut where a limit says: the GNU General Public License's preamble in German long
/// words would be made up, so these are sentences of the kind that fill slides.
const GERMAN: &str = "Geschwindigkeitsbegrenzungen auf Bundesautobahnen verringern nachweislich die \
Verkehrsunfallhäufigkeit und den Kraftstoffverbrauch, berichten Wissenschaftlerinnen der \
Bundesanstalt für Straßenwesen. Verkehrsplanungsbehörden empfehlen deshalb Sicherheitsmaßnahmen, \
Lärmschutzvorrichtungen und Mindestabstandskontrollen an Unfallschwerpunkten. ";
const ENGLISH: &str = "Whenever a measurement becomes a target, it ceases to be a good measurement, \
because people who are judged by it will find the cheapest way to move the number, and the cheapest \
way is seldom the one that was meant when the measurement was chosen. ";

fn prose(language: Language) -> &'static str {
    if language == Language::GERMAN { GERMAN } else { ENGLISH }
}

/// Exactly as many characters of prose as the limit allows, beginning at different places.
pub fn text(language: Language, length: usize, start: usize) -> String {
    let words: Vec<&str> = prose(language).split(' ').collect();
    let from = start % words.len();
    let endless = words.iter().cycle().skip(from).flat_map(|word| word.chars().chain(" ".chars()));
    let mut text: String = endless.take(length).collect();
    if text.ends_with(' ') {
        text.pop();
        text.push('s');
    }
    text
}

fn slide(layout: Layout, headline: &str) -> Slide {
    Slide {
        role: Role::Point,
        layout,
        headline: headline.to_owned(),
        body: None,
        block: None,
        call_to_action: None,
        source_note: None,
        picture: None,
    }
}

fn deck(theme: &Theme, format: Format, language: Language, slides: Vec<Slide>) -> Deck {
    Deck {
        format,
        language,
        theme: theme.name.clone(),
        palette: theme.palettes[0],
        fonts: theme.fonts.clone(),
        signature: Some("@slidewright".to_owned()),
        logo: None,
        slides,
    }
}

/// A picture that the deck may name.
pub fn photo_id() -> AssetId {
    "0190b5a0-0000-7000-8000-000000000001".parse().unwrap()
}

pub fn assets() -> Assets {
    [(photo_id(), photo(1200, 1500))].into()
}

/// A drawn landscape: sky, sun, hills, with fine noise, as a PNG.
pub fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut pixels = Vec::with_capacity((width * height * 3) as usize);
    let mut seed = 12_345_u32;
    for y in 0..height {
        for x in 0..width {
            let (u, v) = (x as f32 / width as f32, y as f32 / height as f32);
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (seed >> 24) as f32 / 255.0 * 14.0 - 7.0;
            let hill = 0.62 + 0.08 * (u * 6.3).sin() + 0.03 * (u * 17.0).cos();
            let near = 0.80 + 0.06 * (u * 4.0 + 1.0).sin();
            let sun = ((u - 0.7).powi(2) + ((v - 0.3) * height as f32 / width as f32).powi(2)).sqrt();
            let color = if v > near {
                [38.0, 62.0, 58.0]
            } else if v > hill {
                [78.0, 112.0, 108.0]
            } else if sun < 0.08 {
                [255.0, 236.0, 190.0]
            } else {
                [250.0 - 90.0 * (1.0 - v), 190.0 - 20.0 * v, 150.0 + 60.0 * (1.0 - v)]
            };
            pixels.extend(color.map(|channel: f32| (channel + noise).clamp(0.0, 255.0) as u8));
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fast);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    bytes
}

/// Every layout with the longest texts that the limits allow, all at once.
pub fn long(theme: &Theme, format: Format, language: Language) -> Deck {
    let of = |length: usize, start: usize| text(language, length, start);
    let full = |layout: Layout, n: usize, block: Option<Block>| {
        let room = if block.is_some() { limits::BODY_WITH_BLOCK } else { limits::BODY };
        let mut slide = slide(layout, &of(limits::HEADLINE, n));
        slide.body = Some(of(room, n + 3));
        slide.block = block;
        slide
    };
    let side = |n: usize| (0..*limits::SIDE_ITEMS.end()).map(|k| of(limits::SIDE_ITEM, n + 3 * k)).collect();
    let mut slides = vec![full(Layout::Cover, 0, None), full(Layout::Text, 2, None)];
    slides[0].body = Some(of(limits::SUBLINE, 4));
    let items = (0..*limits::BULLETS.end()).map(|k| of(limits::BULLET, 5 * k)).collect();
    slides.push(full(Layout::Bullets, 5, Some(Block::Bullets { items, numbered_from: Some(1) })));
    let value = "123 456 789,50 €".to_owned();
    slides.push(full(Layout::Stat, 8, Some(Block::Stat { value, label: of(limits::STAT_LABEL, 1) })));
    let attribution = Some(of(limits::ATTRIBUTION, 2));
    slides.push(full(Layout::Quote, 9, Some(Block::Quote { text: of(limits::QUOTE, 0), attribution })));
    let line = "let measured_total = sum(&rows[..], 1_024); ";
    let code = [&line[..limits::CODE_LINE]; limits::CODE_LINES].join("\n");
    slides.push(full(Layout::Code, 11, Some(Block::Code { language: Some("rust".to_owned()), code })));
    let mut image = full(Layout::Image, 3, None);
    image.picture = Some(photo_id());
    slides.push(image);
    let sides = Block::Comparison {
        left_title: of(limits::SIDE_TITLE, 1),
        left: side(4),
        right_title: of(limits::SIDE_TITLE, 6),
        right: side(9),
    };
    slides.push(full(Layout::Comparison, 13, Some(sides)));
    slides.push(full(Layout::CallToAction, 14, None));
    for slide in &mut slides {
        slide.source_note = slide.block.is_some().then(|| of(limits::SOURCE_NOTE, 7));
    }
    if let Some(last) = slides.last_mut() {
        last.call_to_action = Some(of(limits::CALL_TO_ACTION, 2));
    }
    deck(theme, format, language, slides)
}

/// Every layout with as few words as there may be.
pub fn short(theme: &Theme, format: Format) -> Deck {
    let mut slides = vec![slide(Layout::Cover, "Walk more"), slide(Layout::Text, "Stand up")];
    slides[1].body = Some("Your legs think too, if you let them.".to_owned());
    let with = |layout: Layout, headline: &str, block: Block| {
        let mut slide = slide(layout, headline);
        slide.block = Some(block);
        slide
    };
    let items = vec!["Shoes on".to_owned(), "Phone off".to_owned()];
    slides.push(with(Layout::Bullets, "Two rules", Block::Bullets { items, numbered_from: Some(1) }));
    let stat = Block::Stat { value: "7".to_owned(), label: "days a week".to_owned() };
    slides.push(with(Layout::Stat, "How often", stat));
    let quote = Block::Quote { text: "Solvitur ambulando.".to_owned(), attribution: None };
    slides.push(with(Layout::Quote, "In Latin", quote));
    let code = Block::Code { language: None, code: "walk(20)".to_owned() };
    slides.push(with(Layout::Code, "In code", code));
    let mut image = slide(Layout::Image, "Outside");
    image.picture = Some(photo_id());
    slides.push(image);
    let sides = Block::Comparison {
        left_title: "Sit".to_owned(),
        left: vec!["Stuck".to_owned()],
        right_title: "Walk".to_owned(),
        right: vec!["Free".to_owned()],
    };
    slides.push(with(Layout::Comparison, "Choose", sides));
    let mut last = slide(Layout::CallToAction, "Go now");
    last.call_to_action = Some("Save".to_owned());
    slides.push(last);
    deck(theme, format, Language::ENGLISH, slides)
}

/// Arabic with Hebrew, Latin words, figures and emoji between.
pub fn arabic(theme: &Theme, format: Format) -> Deck {
    let mut slides = vec![slide(Layout::Cover, "أفضل الأفكار تأتي أثناء المشي 🚶‍♀️")];
    slides[0].body = Some("ما تقوله الأبحاث عن التفكير في الحركة، בעברית וגם in English.".to_owned());
    let mut text = slide(Layout::Text, "الجلوس عادة حديثة");
    text.body = Some(
        "طوال معظم التاريخ كان الناس يفكرون وهم يتحركون. جعل المكتب العمل مرتبا، لكنه أبعد أقدم عون للتفكير نملكه.".to_owned(),
    );
    slides.push(text);
    let mut bullets = slide(Layout::Bullets, "ثلاث نزهات تستحق");
    bullets.block = Some(Block::Bullets {
        items: vec![
            "عشر دقائق قبل قرار صعب".to_owned(),
            "مكالمة في اليوم بلا شاشة 📵".to_owned(),
            "الطريق الطويل إلى البيت".to_owned(),
        ],
        numbered_from: None,
    });
    slides.push(bullets);
    let mut stat = slide(Layout::Stat, "أفكار في الحركة");
    stat.block = Some(Block::Stat {
        value: "60 %".to_owned(),
        label: "إجابات أكثر إبداعا أثناء المشي 🎉".to_owned(),
    });
    slides.push(stat);
    let mut sides = slide(Layout::Comparison, "المكتب أم الطريق؟");
    sides.block = Some(Block::Comparison {
        left_title: "على المكتب".to_owned(),
        left: vec!["يصلح التفاصيل".to_owned()],
        right_title: "على الطريق".to_owned(),
        right: vec!["يجد السؤال".to_owned()],
    });
    slides.push(sides);
    let mut quote = slide(Layout::Quote, "נאמר פעם");
    quote.block = Some(Block::Quote {
        text: "כל המחשבות הגדולות באמת נולדות בהליכה.".to_owned(),
        attribution: Some("ניטשה".to_owned()),
    });
    slides.push(quote);
    let mut last = slide(Layout::CallToAction, "خذ المكالمة التالية ماشيا");
    last.call_to_action = Some("احفظ هذا ليوم الاثنين".to_owned());
    slides.push(last);
    deck(theme, format, "ar".parse().unwrap(), slides)
}

/// Scripts whose fonts a person adds: Japanese, Chinese, Korean, Hindi, Thai.
pub fn asia(theme: &Theme, format: Format) -> Deck {
    let mut slides = Vec::new();
    for (headline, body) in [
        (
            "歩くと、いい考えが浮かぶ",
            "机に向かう時間が長いほど、発想は固くなります。二十分だけ外に出て、問いをひとつ持って歩いてみましょう。",
        ),
        ("走路时，好主意会来", "坐得越久，思路越窄。带着一个问题出门走二十分钟，看看会带回什么。"),
        (
            "걸으면 좋은 생각이 떠오른다",
            "책상 앞에 오래 앉을수록 생각은 굳어집니다. 질문 하나를 들고 이십 분만 걸어 보세요.",
        ),
        ("चलते हुए अच्छे विचार आते हैं", "मेज़ पर जितनी देर बैठें, सोच उतनी सिकुड़ती है। एक सवाल लेकर बीस मिनट टहलें।"),
        ("ความคิดดีๆ มาตอนเดิน", "ยิ่งนั่งโต๊ะนาน ความคิดยิ่งแคบลง ลองถือคำถามหนึ่งข้อแล้วออกไปเดินสักยี่สิบนาที"),
    ] {
        let mut slide = slide(Layout::Text, headline);
        slide.body = Some(body.to_owned());
        slides.push(slide);
    }
    slides[0].layout = Layout::Cover;
    deck(theme, format, "ja".parse().unwrap(), slides)
}

/// Emoji of every kind, other scripts, and a picture behind each slide that may have one.
pub fn pictures(theme: &Theme, format: Format) -> Deck {
    let mut slides = vec![slide(Layout::Cover, "Sunrise is a habit, not a talent ☀️")];
    slides[0].body = Some("Five mornings that changed how I plan a week.".to_owned());
    let mut text = slide(Layout::Text, "Ξεκινήστε νωρίς · Начните рано");
    text.body = Some(
        "Emoji: 👩🏽‍🚀 👨‍👩‍👧‍👦 🇩🇪 🇯🇵 ❤️ ✅ 🔥 💡 🧵 1️⃣ ⚠️ → ★ ✓. Ёлка, ψυχή, naïve, Łódź, İstanbul, Việt Nam."
            .to_owned(),
    );
    slides.push(text);
    let mut image = slide(Layout::Image, "What the hill shows");
    image.body = Some("From the top the day looks short, and so do its worries.".to_owned());
    slides.push(image);
    let mut quote = slide(Layout::Quote, "Morning");
    quote.block = Some(Block::Quote {
        text: "An early-morning walk is a blessing for the whole day.".to_owned(),
        attribution: Some("Henry David Thoreau".to_owned()),
    });
    slides.push(quote);
    let mut last = slide(Layout::CallToAction, "Set the alarm");
    last.body = Some("Then put it out of reach.".to_owned());
    last.call_to_action = Some("Follow for one idea a week".to_owned());
    slides.push(last);
    for slide in &mut slides {
        slide.picture = Some(photo_id());
    }
    let mut deck = deck(theme, format, Language::ENGLISH, slides);
    deck.logo = Some(photo_id());
    deck
}

/// The pixels of a PNG, averaged over squares of `by` pixels a side: red, green, blue.
pub fn shrunk(bytes: &[u8], by: usize) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut reader = png::Decoder::new(Cursor::new(bytes)).read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("too large")?];
    let info = reader.next_frame(&mut pixels)?;
    let (width, height) = (info.width as usize, info.height as usize);
    let mut small = Vec::with_capacity(width / by * (height / by) * 3);
    for y in 0..height / by {
        for x in 0..width / by {
            for channel in 0..3 {
                let sum: usize = (0..by * by)
                    .map(|k| usize::from(pixels[((y * by + k / by) * width + x * by + k % by) * 3 + channel]))
                    .sum();
                small.push((sum / (by * by)) as u8);
            }
        }
    }
    Ok(small)
}
