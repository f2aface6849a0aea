//! The English that users read: habits that make it sound translated, and British spellings. `docs/writing.md` has the
//! rules in full; this test only keeps out what a pattern can find.

mod rust;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use regex_lite::Regex;

use self::texts::{Text, user_facing};

/// A habit to avoid.
struct Habit {
    /// Its forms, as a regular expression over text in lowercase with single spaces.
    pattern: &'static str,
    /// What to write instead.
    better: &'static str,
    /// A text that has it.
    bad: &'static str,
    /// Phrases in which the same words are good English.
    except: &'static [&'static str],
}

const HABITS: &[Habit] = &[
    Habit {
        pattern: r"\bstand(s|ing)?\b",
        better: "is, appears, comes",
        bad: "this colon stands where no key can be",
        except: &["stand for", "stands for", "stand-alone"],
    },
    Habit {
        pattern: r"\blet(s|ting)? ([a-z]+ )?in\b",
        better: "allow, grant access to, admit",
        bad: "this lets everyone in",
        except: &[],
    },
    Habit {
        pattern: r"\bbesides?\b",
        better: "next to, as well as, also, other",
        bad: "the files beside this one",
        except: &[],
    },
    Habit {
        pattern: r"\b(no|some|every|any)body\b|\bwho(m|ever|mever)\b",
        better: "no one, a person, everyone, anyone who",
        bad: "whoever can push",
        except: &[],
    },
    Habit {
        pattern: r"\b(is|are) no\b",
        better: "is not a",
        bad: "`x` is no region",
        except: &["there is no", "there are no", "is no longer", "are no longer", "is no one", "answer is no"],
    },
    Habit {
        pattern: r"\b(is|are) none\b|\bthere (is|are) already\b|\bthat (is|are) there\b|\b(is|are) there already\b",
        better: "is not valid, does not exist, exists, already exists",
        bad: "the repositories that are there",
        except: &[],
    },
    Habit {
        pattern: r"\bmade (here|elsewhere|there)\b",
        better: "created by ecrgen, managed elsewhere",
        bad: "the roles made here",
        except: &[],
    },
    Habit { pattern: r"\b(lies?|lay)\b", better: "is in", bad: "the file lies in `.git`", except: &[] },
    Habit {
        pattern: r"\b(is|are) said\b|\bsays that\b",
        better: "state, specify",
        bad: "this is said where the role is created",
        except: &[],
    },
    Habit { pattern: r"\bso (many|long)\b", better: "this many, this long", bad: "kept for so long", except: &[] },
    Habit {
        pattern: r"\bof (its|their) own\b",
        better: "its own, their own, separate",
        bad: "a role of its own",
        except: &[],
    },
    Habit {
        pattern: r"\banew\b|\bin one go\b|\bfor good\b|\bby (itself|themselves)\b",
        better: "again, at once, permanently, on its own",
        bad: "the images stay for good",
        except: &["for good reason"],
    },
    Habit { pattern: r"\bgone\b", better: "deleted, removed, missing", bad: "the images are gone", except: &[] },
    Habit {
        pattern: r"\bgo(es)? by\b|\bwants\b",
        better: "uses, follows, needs, expects",
        bad: "the provider wants a list",
        except: &[],
    },
    Habit {
        pattern: r"\b(has|have) to\b",
        better: "must",
        bad: "the name has to be shorter",
        except: &["not have to", "don't have to", "doesn't have to"],
    },
    Habit { pattern: r"\bbehind\b", better: "after", bad: "write a space behind the colon", except: &[] },
    Habit { pattern: r"\bsuch an?\b", better: "this, a … like this", bad: "with such a tag", except: &[] },
    Habit {
        pattern: r"\b(a|one|each|once) ([a-z]+ )?an? (account|region|line|file|repository|role|rule|image|service|platform|environment|issuer|entry|key|name)\b",
        better: "per",
        bad: "one provider an issuer",
        except: &[],
    },
    Habit {
        pattern: r"\bmend(s|ed|ing)?\b|\bfaults?\b",
        better: "fix; error, problem",
        bad: "mend the faults above",
        except: &[],
    },
    Habit {
        pattern: r"\b(lower|upper)-case\b",
        better: "lowercase, uppercase",
        bad: "lower-case letters",
        except: &[],
    },
    Habit {
        pattern: r"\b(organis|recognis|normalis|serialis|initialis|summaris|authoris|customis|minimis|optimis|utilis|synchronis)[a-z]*|\b(colour|behaviour|favour|honour|neighbour|catalogue|centre|licence|defence|artefact|grey|whilst|fulfil|judgement)(s|ed|ing)?\b|\b(label|cancel|model|travel|signal|total)l(ed|ing)\b|\banalys(e|es|ed|ing)\b|\b(learn|spel|burn)t\b",
        better: "the American spelling",
        bad: "the organisation's behaviour",
        except: &["!cancelled()"],
    },
];

/// Words of AWS and of others, quoted as they wrote them: a file, the quotation, and whose it is.
const QUOTED: &[(&str, &str, &str)] =
    &[("src/rules/providers/unknown_region.rs", "eu-centre-1", "a region that does not exist, in the bad example")];

/// The places of the habit in a text, in bytes.
fn places(habit: &Habit, pattern: &Regex, text: &str) -> Vec<usize> {
    let is_within = |phrases: &[&str], start: usize, end: usize| {
        let covers = |(at, found): (usize, &str)| at <= start && end <= at + found.len();
        phrases.iter().any(|phrase| text.match_indices(phrase).any(covers))
    };
    let found = pattern.find_iter(text).filter(|found| !is_within(habit.except, found.start(), found.end()));
    found.map(|found| found.start()).collect()
}

/// The quotation that covers a place of a text.
fn quotation(text: &Text, place: usize) -> Option<usize> {
    QUOTED.iter().position(|(file, words, _)| {
        let words = words.to_lowercase();
        let covers = |(at, found): (usize, &str)| at <= place && place < at + found.len();
        text.path == *file && text.words().match_indices(&words).any(covers)
    })
}

#[test]
fn avoids_habits_that_sound_translated() {
    let texts = user_facing();
    assert!(texts.len() > 1000, "only {} texts", texts.len());
    let (mut found, mut quoted) = (BTreeMap::<(&str, usize), BTreeSet<String>>::new(), BTreeSet::new());
    for habit in HABITS {
        let pattern = Regex::new(habit.pattern).expect("a pattern");
        for text in &texts {
            for place in places(habit, &pattern, text.words()) {
                let Some(quotation) = quotation(text, place) else {
                    let line = format!("{}: write {}", text.around(place), habit.better);
                    found.entry((&text.path, text.line(place))).or_default().insert(line);
                    continue;
                };
                quoted.insert(quotation);
            }
        }
    }
    let lines =
        found.iter().flat_map(|((path, line), texts)| texts.iter().map(move |text| format!("{path}:{line}: {text}")));
    let lines: Vec<String> = lines.collect();
    assert!(lines.is_empty(), "{} places to reword (docs/writing.md):\n{}", lines.len(), lines.join("\n"));
    let unused: Vec<_> = QUOTED.iter().enumerate().filter(|(at, _)| !quoted.contains(at)).map(|(_, row)| row).collect();
    assert!(unused.is_empty(), "these quotations are no longer used: {unused:?}");
}

#[test]
fn finds_each_habit_and_spares_good_english() {
    let good = [
        "there is no class `x`",
        "the key is no longer used",
        "images such as these",
        "a stand-alone module, with a standard name",
        "you don't have to render it",
        "did you mean `release`?",
        "the policy runs once a day and costs $2.05 a month",
    ];
    for habit in HABITS {
        let pattern = Regex::new(habit.pattern).expect("a pattern");
        assert!(!places(habit, &pattern, habit.bad).is_empty(), "{} is not found in {:?}", habit.pattern, habit.bad);
        for text in good.into_iter().chain(habit.except.iter().copied()) {
            assert!(places(habit, &pattern, text).is_empty(), "{} is found in {text:?}", habit.pattern);
        }
    }
}

/// Contributors read the same list in `docs/writing.md`.
#[test]
fn the_page_has_every_better_form() {
    let page = texts::file("docs/writing.md");
    for habit in HABITS {
        assert!(page.contains(&format!("| {} |", habit.better)), "add `{}` to docs/writing.md", habit.better);
    }
}
