//! Prints what the offline writer makes of a file, as text, for reading it critically:
//! `cargo run -p writer --example carousel -- FILE [slides] [topic=TOPIC] [strategies to approve] [all]`.

use domain::content::{Block, Copy, FontPair, Palette, ThemeName};
use domain::{Content, Source, Stage, Strategy};
use writer::{Draft, OfflineWriter, StageBrief, ThemeOffer, decode, read_article, source_kind};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(path) = args.first() else { return eprintln!("give a file") };
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => return eprintln!("{path}: {error}"),
    };
    let text = match decode(&bytes) {
        Ok(text) => text,
        Err(error) => return eprintln!("{error}"),
    };
    let name = path.rsplit('/').next().map(str::to_owned);
    let source_text = text.clone();
    let source = Source { kind: source_kind(&bytes, name.as_deref()), text, url: None, name: name.clone() };
    let article = match read_article(&source) {
        Ok(article) => article,
        Err(error) => return eprintln!("{error}"),
    };
    if args.iter().any(|arg| arg == "article") {
        return println!("{article:#?}");
    }
    let language = article.language.unwrap_or(domain::Language::ENGLISH);
    let mut brief = StageBrief::new(Some(article), language);
    brief.source_name = name;
    brief.themes = vec![theme("modern_minimal"), theme("bold_vibrant"), theme("tech_professional")];
    if let Some(slides) = args.iter().find_map(|arg| arg.parse::<u8>().ok()) {
        brief.slides = slides.try_into().unwrap_or_default();
    }
    let all = args.iter().any(|arg| arg == "all");
    let topic = args.iter().find_map(|arg| arg.strip_prefix("topic="));
    brief.topic = topic.map(str::to_owned);
    let writer = OfflineWriter::new();
    println!("##### {path} ({language}, {} words)", brief.article.as_ref().map_or(0, writer::Article::words));
    for stage in Stage::ALL {
        let named =
            args.iter().filter_map(|arg| arg.parse::<Strategy>().ok()).find(|one| one.stage() == *stage);
        let mut best: Option<(f64, Strategy, Draft)> = None;
        for strategy in stage.strategies() {
            let draft = match writer.draft(&brief, *strategy) {
                Ok(draft) => draft,
                Err(error) => return println!("{strategy}: ERROR {error}"),
            };
            let score = score(&brief, &draft.content, &source_text);
            if all || *stage == Stage::Hook {
                show(*strategy, &draft);
            }
            let rank = if named == Some(*strategy) { f64::MAX } else { score };
            if best.as_ref().is_none_or(|(other, _, _)| rank > *other) {
                best = Some((rank, *strategy, draft));
            }
        }
        // As the autopilot does: the best of each stage goes on.
        if let Some((_, strategy, draft)) = best {
            println!("\n--- approved");
            show(strategy, &draft);
            approve(&mut brief, draft.content);
        }
    }
}

fn score(brief: &StageBrief, content: &Content, source_text: &str) -> f64 {
    let context = scoring::Context {
        language: brief.language,
        slides: brief.slides.get(),
        profile: &brief.profile,
        source_text,
        research: brief.research.as_ref(),
        outline: brief.outline.as_ref(),
        copy: brief.copy.as_ref(),
        hook: brief.hook.as_ref(),
        theme_asked: None,
        checks: &[],
    };
    scoring::score(content, &context).total
}

fn theme(name: &str) -> ThemeOffer {
    let color = |text: &str| text.parse().unwrap_or(domain::content::Color { red: 0, green: 0, blue: 0 });
    let palette = Palette {
        background: color("#ffffff"),
        surface: color("#f2f2f2"),
        text: color("#111111"),
        muted: color("#555555"),
        accent: color("#0044cc"),
        on_accent: color("#ffffff"),
    };
    let fonts = FontPair { display: "Inter".into(), text: "Inter".into() };
    ThemeOffer { name: ThemeName(name.to_owned()), palettes: vec![palette], fonts }
}

fn approve(brief: &mut StageBrief, content: Content) {
    match content {
        Content::Research(content) => brief.research = Some(content),
        Content::Outline(content) => brief.outline = Some(content),
        Content::Copy(content) => brief.copy = Some(content),
        Content::Hook(content) => brief.hook = Some(content),
        Content::Visual(content) => brief.visual = Some(content),
        Content::Caption(_) => {}
    }
}

fn show(strategy: Strategy, draft: &Draft) {
    println!("\n=== {} / {strategy}", strategy.stage());
    for note in &draft.notes {
        println!("note: {note}");
    }
    match &draft.content {
        Content::Research(content) => {
            println!("ANGLE {}", content.angle);
            for fact in &content.facts {
                println!("  {} {} {:?}", fact.id.0, fact.claim, fact.date);
            }
            println!(
                "  Q {:#?}\n  V {:?}\n  S {:?}",
                content.questions, content.visual_ideas, content.sources
            );
        }
        Content::Outline(content) => {
            for slide in &content.slides {
                println!(
                    "  [{}] {} | {} {:?}",
                    slide.role,
                    slide.working_title,
                    slide.key_message,
                    slide.facts.len()
                );
            }
        }
        Content::Copy(content) => copy(content),
        Content::Hook(content) => {
            println!("  {}  ||  {}", content.headline, content.subline.as_deref().unwrap_or("-"))
        }
        Content::Visual(content) => println!("  {} {:?}", content.theme, content.layouts),
        Content::Caption(content) => println!("{}\n--\n{:#?}", content.as_posted(), content.alt_text),
    }
}

fn copy(content: &Copy) {
    for (n, slide) in content.slides.iter().enumerate() {
        println!("  {}. # {}", n + 1, slide.headline);
        if let Some(body) = &slide.body {
            println!("       {body}");
        }
        match &slide.block {
            Some(Block::Bullets { items, .. }) => items.iter().for_each(|item| println!("       * {item}")),
            Some(Block::Code { code, .. }) => println!("{code}"),
            Some(block) => println!("       {block:?}"),
            None => {}
        }
    }
    println!("  CALL {}", content.call_to_action);
}
