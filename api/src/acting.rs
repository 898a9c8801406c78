//! For whom a request acts.
