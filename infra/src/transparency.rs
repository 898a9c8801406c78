//! The RFC 6962 Merkle tree over the ledger's events, and the public formats (c2sp.org) in which
//! programs that nobody here wrote read it.
pub mod checkpoint;
pub mod cose;
pub mod cosignature;
pub mod path;
pub mod proof;
pub mod receipt;
pub mod timestamp;
pub mod tree;
