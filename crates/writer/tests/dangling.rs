//! Sentences that stand only in their paragraph open no slide, in each of the six languages; those
//! beside them that do stand alone are used.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod common;

use common::{brief, carousel, texts};
use domain::{Content, Source, SourceKind};
use writer::read_article;

/// Paragraphs of pairs: a whole sentence, then one that needs it. All of it was written for this test.
struct Sample {
    language: &'static str,
    title: &'static str,
    /// Each stands alone.
    whole: &'static [&'static str],
    /// Each needs the one before it in its paragraph.
    bound: &'static [&'static str],
}

const SAMPLES: &[Sample] = &[
    Sample {
        language: "en",
        title: "Keeping bees in the city",
        whole: &[
            "A city hive gives about 20 kg of honey in a good year.",
            "Bees in the city find flowers from March to October.",
            "Keeping bees costs roughly three hours a week in May.",
            "City gardens have more kinds of flowers than most fields.",
            "Every hive needs a flat roof and a wind break.",
            "Mites are the most common reason why a city hive dies.",
            "Neighbours accept bees when the entrance points away from them.",
            "Honey from the city contains less pesticide than country honey.",
            "Beginners should visit a beekeeping club before they buy a hive.",
        ],
        bound: &[
            "Few country hives give more than that.",
            "The second one is rarely worth the trouble.",
            "When that month is over, the work gets easier.",
            "For the latter, farmers are to blame.",
            "With such a place, most of the work is done.",
            "Returns the hive to the shop in the worst case.",
            "In the worst case, it leads to a quarrel.",
            "Researchers measured this list twice.",
            "The first approach takes a whole summer.",
        ],
    },
    Sample {
        language: "de",
        title: "Bienen in der Stadt",
        whole: &[
            "Ein Bienenvolk in der Stadt gibt in guten Jahren etwa 20 kg Honig.",
            "Bienen finden in der Stadt von März bis Oktober Blüten.",
            "Die Arbeit mit Bienen kostet im Mai rund drei Stunden in der Woche.",
            "Gärten in der Stadt haben mehr Blumen als die meisten Felder.",
            "Jedes Bienenvolk braucht ein flaches Dach und einen Schutz vor Wind.",
            "Milben sind der häufigste Grund für den Tod von Bienen.",
            "Nachbarn dulden Bienen, wenn das Flugloch von ihnen weg zeigt.",
            "Honig aus der Stadt enthält weniger Gift als Honig vom Land.",
            "Anfänger sollten einen Verein besuchen, bevor sie Bienen kaufen.",
        ],
        bound: &[
            "Auf dem Land ist mehr als dieser Wert selten.",
            "Die Völker leben davon bis in den Herbst.",
            "Der Aufwand ist danach deutlich kleiner.",
            "Die Landwirtschaft hat daran großen Anteil.",
            "Die meiste Arbeit ist damit getan und hier lohnt sich der Kauf.",
            "Manche Imker bemerken jene erst im Winter.",
            "Im schlimmsten Fall, er kommt selten vor, hilft ein Gericht.",
            "Labore haben beides zweimal gemessen.",
            "Letzterer kostet meist nur einen kleinen Beitrag.",
        ],
    },
    Sample {
        language: "es",
        title: "Abejas en la ciudad",
        whole: &[
            "Una colmena en la ciudad da unos 20 kg de miel en un buen año.",
            "Las abejas de la ciudad encuentran flores desde marzo hasta octubre.",
            "El cuidado de las abejas exige unas tres horas por semana en mayo.",
            "Los jardines de la ciudad tienen más flores que muchos campos.",
            "Cada colmena necesita un techo plano y una barrera contra el viento.",
            "Los ácaros son la causa más común de la muerte de las abejas.",
            "Los vecinos aceptan las abejas cuando la entrada mira hacia otro lado.",
            "La miel de la ciudad contiene menos pesticidas que la miel del campo.",
            "Los principiantes deben visitar una asociación para aprender con las abejas.",
        ],
        bound: &[
            "Supera la producción de muchas colmenas del campo.",
            "Viven de ellas hasta el otoño sin otra ayuda.",
            "Exige la mitad del tiempo durante el invierno.",
            "Contienen además especies que nadie siembra.",
            "La mayor parte del trabajo termina con ello.",
            "Atacan a las larvas durante todo el verano.",
            "En el peor caso, terminarán en un tribunal.",
            "Varios laboratorios midieron esta diferencia dos veces.",
            "Ofrece un curso breve por poco dinero.",
        ],
    },
    Sample {
        language: "fr",
        title: "Des abeilles en ville",
        whole: &[
            "Une ruche en ville donne environ 20 kg de miel dans une bonne année.",
            "Les abeilles de la ville trouvent des fleurs de mars à octobre.",
            "Le soin des abeilles demande environ trois heures par semaine en mai.",
            "Les jardins de la ville ont plus de fleurs que la plupart des champs.",
            "Chaque ruche demande un toit plat et un abri contre le vent.",
            "Les acariens sont la cause la plus fréquente de la mort des abeilles.",
            "Les voisins acceptent les abeilles quand l'entrée est tournée ailleurs.",
            "Le miel de la ville contient moins de pesticides que le miel des champs.",
            "Les débutants doivent visiter une association avant un premier achat.",
        ],
        bound: &[
            "Elle dépasse ainsi beaucoup de ruches de campagne.",
            "Toutes vivent de cela jusqu'à l'automne.",
            "Dans le pire des cas, il occupe un dimanche.",
            "Celui-ci attire aussi les oiseaux.",
            "La plus grande part du travail est faite avec cela.",
            "Certains apiculteurs découvrent celles-ci en hiver.",
            "Examinons la question du bruit.",
            "Plusieurs laboratoires ont mesuré cette différence.",
            "Elles offrent un cours pour peu d'argent.",
        ],
    },
    Sample {
        language: "it",
        title: "Api in città",
        whole: &[
            "Un alveare in città produce circa 20 kg di miele in un buon anno.",
            "Le api della città trovano fiori da marzo fino a ottobre.",
            "La cura delle api richiede circa tre ore alla settimana in maggio.",
            "I giardini della città hanno più fiori di molti campi.",
            "Ogni alveare richiede un tetto piano e un riparo dal vento.",
            "Gli acari sono la causa più comune della morte delle api.",
            "I vicini accettano le api quando l'ingresso guarda dall'altra parte.",
            "Il miele della città contiene meno pesticidi del miele di campagna.",
            "I principianti devono visitare un'associazione prima del primo acquisto.",
        ],
        bound: &[
            "Supera la produzione di molti alveari di campagna.",
            "Vivono di queste fino all'autunno.",
            "Richiede la metà del tempo in inverno.",
            "Contengono anche specie che nessuno semina.",
            "La maggior parte del lavoro finisce con ciò.",
            "Attaccano le larve per tutta l'estate.",
            "Nel caso peggiore, finiranno in tribunale.",
            "Vari laboratori hanno misurato questa differenza.",
            "Offre un corso breve per pochi soldi.",
        ],
    },
    Sample {
        language: "pt",
        title: "Abelhas na cidade",
        whole: &[
            "Uma colmeia na cidade dá cerca de 20 kg de mel num bom ano.",
            "As abelhas da cidade encontram flores de março até outubro.",
            "O cuidado das abelhas exige cerca de três horas por semana em maio.",
            "Os jardins da cidade têm mais flores do que muitos campos.",
            "Cada colmeia precisa de um telhado plano e de um abrigo do vento.",
            "Os ácaros são a causa mais comum da morte das abelhas.",
            "Os vizinhos aceitam as abelhas quando a entrada fica virada para longe.",
            "O mel da cidade contém menos pesticidas do que o mel do campo.",
            "Os principiantes devem visitar uma associação antes da primeira compra.",
        ],
        bound: &[
            "Supera a produção de muitas colmeias do campo.",
            "Vivem delas até ao outono.",
            "Exige a metade do tempo no inverno.",
            "Contêm também espécies que ninguém semeia.",
            "A maior parte do trabalho acaba com isso.",
            "Atacam as larvas durante todo o verão.",
            "No pior caso, terminarão em tribunal.",
            "Vários laboratórios mediram esta diferença.",
            "Oferece um curso breve por pouco dinheiro.",
        ],
    },
];

#[test]
fn what_needs_its_paragraph_opens_no_slide() {
    let mut problems = Vec::new();
    for sample in SAMPLES {
        let paragraphs: Vec<String> =
            sample.whole.iter().zip(sample.bound).map(|(whole, bound)| format!("{whole} {bound}")).collect();
        let text = format!("# {}\n\n{}\n", sample.title, paragraphs.join("\n\n"));
        let source = Source { kind: SourceKind::Markdown, text, url: None, name: None };
        let article = read_article(&source).unwrap();
        assert_eq!(
            article.language.map(|language| language.code().to_owned()).as_deref(),
            Some(sample.language)
        );
        let mut brief = brief(article);
        brief.slides = 6.try_into().unwrap();
        let stages = carousel(&mut brief, 0).unwrap_or_else(|error| panic!("{}: {error}", sample.language));
        let mut seen = 0;
        for content in stages.iter().flatten() {
            for text in opening_texts(content) {
                seen += sample.whole.iter().filter(|whole| text.starts_with(*whole)).count();
                if let Some(bound) = sample.bound.iter().find(|bound| text.starts_with(*bound)) {
                    problems.push(format!("{}: {bound}", sample.language));
                }
            }
        }
        assert!(seen >= 12, "{}: only {seen} whole sentences were used", sample.language);
    }
    problems.sort();
    problems.dedup();
    assert!(problems.is_empty(), "open a slide and can't:\n{}", problems.join("\n"));
}

/// What a reader meets first: facts, messages, bodies, items.
fn opening_texts(content: &Content) -> Vec<String> {
    match content {
        Content::Research(research) => research.facts.iter().map(|fact| fact.claim.clone()).collect(),
        Content::Outline(outline) => outline.slides.iter().map(|slide| slide.key_message.clone()).collect(),
        Content::Copy(copy) => copy.slides.iter().flat_map(texts).collect(),
        _ => vec![],
    }
}
