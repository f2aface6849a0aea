//! Pages of a listing (API reference, `DescribeImages`), processed image by image so that a large listing is never in
//! memory as a whole.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::detail::Detail;

/// Reads pages in a row, or a bare list of images, the output of `--query imageDetails`. Returns whether the last page
/// has a token for a next page.
///
/// # Errors
/// A sentence that states what is wrong.
pub(super) fn read(listing: impl Read, mut take: impl FnMut(Detail)) -> Result<bool, String> {
    let mut listing = BufReader::with_capacity(1 << 16, listing);
    let first = first_byte(&mut listing).map_err(|error| format!("the listing cannot be read: {error}"))?;
    let mut json = serde_json::Deserializer::from_reader(listing);
    let read = match first {
        None => return Err("the listing is empty: a repository without images gives `{ \"imageDetails\": [] }`".into()),
        Some(b'[') => json.deserialize_seq(Images(&mut take)).and_then(|()| json.end()).map(|()| false),
        Some(_) => loop {
            match json.deserialize_map(Page(&mut take)) {
                Ok(token) if json.end().is_ok() => break Ok(token),
                Ok(_) => {}
                Err(error) => break Err(error),
            }
        },
    };
    read.map_err(|error| match error.classify() {
        Category::Eof => format!("the listing is truncated: {error}"),
        Category::Syntax => format!("the listing is not valid JSON: {error}"),
        Category::Io => format!("the listing cannot be read: {error}"),
        Category::Data => format!("the listing is not output of `aws ecr describe-images`: {error}"),
    })
}

/// Returns the first byte after whitespace and a byte order mark, without consuming it.
fn first_byte(listing: &mut impl BufRead) -> io::Result<Option<u8>> {
    loop {
        match listing.fill_buf()?.first() {
            // JSON never starts with a byte of the byte order mark.
            Some(b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf) => listing.consume(1),
            first => return Ok(first.copied()),
        }
    }
}

/// Reads an object with an `imageDetails` list, and returns whether it has a token for a next page.
struct Page<'f, F>(&'f mut F);

impl<'t, F: FnMut(Detail)> Visitor<'t> for Page<'_, F> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with an imageDetails list")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<bool, A::Error> {
        let (mut listed, mut token) = (false, false);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "imageDetails" => {
                    listed = true;
                    map.next_value_seed(Images(&mut *self.0))?;
                }
                // The second spelling is the AWS CLI's own.
                "nextToken" | "NextToken" => token |= map.next_value::<Option<String>>()?.is_some(),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if listed { Ok(token) } else { Err(A::Error::missing_field("imageDetails")) }
    }
}

/// Reads a list of images.
struct Images<'f, F>(&'f mut F);

impl<'t, F: FnMut(Detail)> DeserializeSeed<'t> for Images<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'t, F: FnMut(Detail)> Visitor<'t> for Images<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of images")
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(detail) = list.next_element()? {
            (self.0)(detail);
        }
        Ok(())
    }
}
