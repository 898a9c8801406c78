//! Entity tags (RFC 9110, §8.8.3): whether the caller holds this very answer already.
use axum::http::HeaderMap;
use axum::http::header::IF_NONE_MATCH;
use sha2::{Digest as _, Sha256};

use super::negotiate::Media;

/// How much of the SHA-256 a tag has, in bytes.
const TAG_BYTES: usize = 16;

/// The tag of an answer: a hash of its bytes. It is a weak one, because the same bytes may be sent
/// compressed or not.
pub fn of(media: Media, body: &str) -> String {
    let hash =
        Sha256::new_with_prefix(media.text()).chain_update("\n").chain_update(body).finalize();
    format!("W/\"{}\"", hex::encode(&hash[..TAG_BYTES]))
}

/// Whether `If-None-Match` has `tag`, in the weak comparison that it asks for (§13.1.2).
pub fn is_held(headers: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let sent = headers.get_all(IF_NONE_MATCH).iter().filter_map(|it| it.to_str().ok());
    let mut held = sent.flat_map(|it| it.split(',')).map(opaque);
    held.any(|it| it == "*" || it == opaque(tag))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn held(sent: &'static str, tag: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(IF_NONE_MATCH, HeaderValue::from_static(sent));
        is_held(&headers, tag)
    }

    #[test]
    fn a_tag_is_of_the_bytes_and_of_their_media_type() {
        let tag = of(Media::Json, "{}");
        assert_eq!(tag, of(Media::Json, "{}"));
        assert_ne!(tag, of(Media::Json, "{ }"));
        assert_ne!(tag, of(Media::GraphQl, "{}"));
        assert!(tag.starts_with("W/\"") && tag.len() == 4 + 2 * TAG_BYTES, "{tag}");
    }

    #[test]
    fn a_tag_is_held_strong_or_weak_alone_or_among_others() {
        for sent in ["W/\"a\"", "\"a\"", "\"b\", W/\"a\"", "\"b\",\"a\"", "*"] {
            assert!(held(sent, "W/\"a\""), "{sent}");
        }
        for sent in ["W/\"b\"", "a", "\"a", "", "W/\"A\""] {
            assert!(!held(sent, "W/\"a\""), "{sent}");
        }
        assert!(!is_held(&HeaderMap::new(), "W/\"a\""));
    }
}
