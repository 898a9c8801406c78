//! placeholder
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
/// A territory.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct TerritoryId(u16);
