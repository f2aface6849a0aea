//! Pages of a listing (API reference, `DescribeImages`), handed on image by image: a big one never lies in memory as a whole.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read};

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::detail::Detail;

/// Reads all pages, one after another or as a bare list of images, as `--query imageDetails` prints it. Returns whether
/// the last one leaves a token, which the next page would answer.
///
/// # Errors
/// A sentence on what is wrong.
pub(super) fn read(listing: impl Read, mut take: impl FnMut(Detail)) -> Result<bool, String> {
    let mut listing = BufReader::with_capacity(1 << 16, listing);
    let first = first_byte(&mut listing).map_err(|error| format!("the listing cannot be read: {error}"))?;
    let mut json = serde_json::Deserializer::from_reader(listing);
    let read = match first {
        None => return Err("the listing is empty: not even `{ \"imageDetails\": [] }` is in it".into()),
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
        Category::Eof => format!("the listing is cut off: {error}"),
        Category::Syntax => format!("the listing is no JSON: {error}"),
        Category::Io => format!("the listing cannot be read: {error}"),
        Category::Data => format!("the listing is not what `aws ecr describe-images` prints: {error}"),
    })
}

/// The first byte behind spaces and a byte order mark, which stays where it is.
fn first_byte(listing: &mut impl BufRead) -> io::Result<Option<u8>> {
    loop {
        match listing.fill_buf()?.first() {
            // No JSON begins with a byte of the mark.
            Some(b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf) => listing.consume(1),
            first => return Ok(first.copied()),
        }
    }
}

/// An object with the list `imageDetails`; whether it leaves a token.
struct Page<'f, F>(&'f mut F);

impl<'t, F: FnMut(Detail)> Visitor<'t> for Page<'_, F> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a list imageDetails")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<bool, A::Error> {
        let (mut listed, mut token) = (false, false);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "imageDetails" => {
                    listed = true;
                    map.next_value_seed(Images(&mut *self.0))?;
                }
                // The second is the AWS command line's own name for the same.
                "nextToken" | "NextToken" => token |= map.next_value::<Option<String>>()?.is_some(),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        if listed { Ok(token) } else { Err(A::Error::missing_field("imageDetails")) }
    }
}

/// A list of images.
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
