//! The binary `tiwizi`.
fn main() {}
