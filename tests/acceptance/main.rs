//! Acceptance tests, through the front door.
mod tidy;
