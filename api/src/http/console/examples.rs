//! Questions that each role asks, as the page at `/graphql` offers them. They are about the demonstration.

/// A question with its title.
pub struct Example {
    /// The message with its title.
    pub title: &'static str,
    /// The question.
    pub query: &'static str,
}

const fn example(title: &'static str, query: &'static str) -> Example {
    Example { title, query }
}

/// The message that names a role, and what it asks.
pub const EXAMPLES: [(&str, [Example; 3]); 3] = [
    ("console-coordinator", COORDINATOR),
    ("console-auditor", AUDITOR),
    ("console-partner", PARTNER),
];

const COORDINATOR: [Example; 3] = [
    example(
        "console-who-does-what",
        "{
  interventions(first: 10) {
    totalCount
    nodes {
      title { text }
      stage
      programme { acronym }
      participations { role from actor { name } }
    }
  }
}",
    ),
    example(
        "console-late",
        "{
  commitments(filter: { lateOnly: true }, effectiveOn: \"2025-10-01\") {
    nodes {
      title { text }
      by { name }
      pledged
      fulfilled
      lateness { due days }
    }
  }
}",
    ),
    example(
        "console-envelope",
        "{
  programmes(filter: { text: \"PRIM\" }) {
    nodes {
      acronym
      envelopes {
        title { text }
        amount { minor currency }
        reserved { minor }
        left { minor }
      }
    }
  }
}",
    ),
];

const AUDITOR: [Example; 3] = [
    example(
        "console-as-of",
        "{
  interventions(
    filter: { text: \"terrain de sport\" }
    asOf: { instant: \"2021-01-01T00:00:00Z\" }
  ) {
    nodes {
      title { text }
      stage
      participations { role actor { name } }
    }
  }
}",
    ),
    example(
        "console-timeline",
        "{
  interventions(filter: { text: \"terrain de sport\" }) {
    nodes {
      timeline(order: WORLD, first: 20) {
        nodes {
          position
          name
          recordedAt
          effective
          actor { name }
          source { reference }
        }
      }
    }
  }
}",
    ),
    example(
        "console-ledger",
        "{
  ledger { name position root stateDigest }
}",
    ),
];

const PARTNER: [Example; 3] = [
    example(
        "console-commitments",
        "{
  commitments(first: 10) {
    nodes {
      title { text }
      by { name }
      stage
      pledged
      fulfilled
      lateness { state due }
    }
  }
}",
    ),
    example(
        "console-receipt",
        "{
  receipt(position: 45) {
    position
    recordedAt
    leafHash
    url
  }
}",
    ),
    example(
        "console-calls",
        "{
  fundingCalls {
    nodes {
      title { text }
      stage
      programme { acronym }
    }
  }
}",
    ),
];
