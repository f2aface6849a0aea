//! The reference of the keys of a spec.

use std::fmt::Write;

use super::layout::fit;
use crate::escape::markdown;
use crate::language::keys::{Found, Key, Section};

/// The page about one key: what it means, its default, an example, and the keys below it.
pub fn page(found: &Found, width: Option<usize>) -> String {
    let Found { path, key, below } = found;
    let mut page = format!("{path} ({})\n\n{}\n{}\n", key.kind, key.meaning, key.default);
    let _ = write!(page, "\nExample:\n\n    {}\n", key.example);
    if !below.is_empty() {
        page += "\nKeys:\n\n";
        let widest = below.iter().map(|key| key.name.len()).max().unwrap_or(0);
        for key in below {
            let _ = writeln!(page, "  {:widest$}  {}", key.name, first_sentence(&key.meaning));
        }
    }
    fit(&page, width)
}

fn first_sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.')
}

/// All keys as a page of Markdown, with a section per kind of map.
pub fn markdown(sections: &[Section]) -> String {
    let mut page = String::from(
        "# The keys of a spec\n\n\
         `ecrgen schema --markdown` prints this page, and `ecrgen explain KEY.PATH` prints one key.\n\n\
         `NAME` is a name that you choose, and `[]` is an item of a list. `none` removes a setting, as if it were not written.\n",
    );
    for Section { places, about, keys } in sections {
        let title = |place: &String| if place.is_empty() { "Top level".to_owned() } else { markdown::code(place) };
        let title = places.iter().map(title).collect::<Vec<_>>().join(", ");
        let _ =
            write!(page, "\n## {title}\n\n{about}\n\n| key | value | meaning | example |\n| --- | --- | --- | --- |\n");
        for Key { name, kind, meaning, default, example, .. } in keys {
            let cells = [format!("`{name}`"), kind.clone(), format!("{meaning} {default}"), markdown::code(example)];
            let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
            let _ = writeln!(page, "| {} |", cells.join(" | "));
        }
    }
    page
}
