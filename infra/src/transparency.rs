//! The RFC 6962 Merkle tree over the ledger's events.
pub mod tree;
