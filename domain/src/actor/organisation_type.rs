//! What IATI calls the sorts of bodies: its codelist `OrganisationType`.
use std::fmt;

use super::Kind;

/// One entry of IATI's codelist `OrganisationType` (IATI Standard 2.03), as far as an actor can be
/// one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrganisationType {
    /// Two digits.
    pub code: &'static str,
    /// Its name in French.
    pub name_fr: &'static str,
    /// Its name in English.
    pub name_en: &'static str,
}

const fn entry(
    code: &'static str,
    name_fr: &'static str,
    name_en: &'static str,
) -> OrganisationType {
    OrganisationType { code, name_fr, name_en }
}

const GOVERNMENT: OrganisationType = entry("10", "Gouvernement", "Government");
const LOCAL_GOVERNMENT: OrganisationType =
    entry("11", "Collectivité territoriale", "Local Government");
const OTHER_PUBLIC: OrganisationType = entry("15", "Autre secteur public", "Other Public Sector");
const NATIONAL_NGO: OrganisationType = entry("22", "ONG nationale", "National NGO");
const REGIONAL_NGO: OrganisationType = entry("23", "ONG régionale", "Regional NGO");
const PARTNER_COUNTRY_NGO: OrganisationType =
    entry("24", "ONG établie dans le pays partenaire", "Partner Country based NGO");
const INTERNATIONAL_NGO: OrganisationType = entry("21", "ONG internationale", "International NGO");
const PARTNERSHIP: OrganisationType =
    entry("30", "Partenariat public-privé", "Public Private Partnership");
const MULTILATERAL: OrganisationType = entry("40", "Multilatéral", "Multilateral");
const FOUNDATION: OrganisationType = entry("60", "Fondation", "Foundation");
const PRIVATE: OrganisationType = entry("70", "Secteur privé", "Private Sector");
const ACADEMIC: OrganisationType =
    entry("80", "Universitaire, formation et recherche", "Academic, Training and Research");
const OTHER: OrganisationType = entry("90", "Autre", "Other");

impl OrganisationType {
    /// Every entry, in the order of the codes.
    pub const ALL: [Self; 13] = [
        GOVERNMENT,
        LOCAL_GOVERNMENT,
        OTHER_PUBLIC,
        INTERNATIONAL_NGO,
        NATIONAL_NGO,
        REGIONAL_NGO,
        PARTNER_COUNTRY_NGO,
        PARTNERSHIP,
        MULTILATERAL,
        FOUNDATION,
        PRIVATE,
        ACADEMIC,
        OTHER,
    ];

    /// The entry with the code `code`.
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code == code)
    }

    /// The kind of actor that is meant where a file says no more than this code; several kinds may
    /// have it, see [`Kind::organisation_type`].
    pub fn kind(self) -> Kind {
        match self.code {
            "10" => Kind::Ministry,
            "11" => Kind::Commune,
            "15" => Kind::PublicBody,
            "21" | "22" | "23" => Kind::Ngo,
            "24" => Kind::LocalAssociation,
            "40" | "60" => Kind::Funder,
            "80" => Kind::University,
            _ => Kind::Other,
        }
    }
}

impl fmt::Display for OrganisationType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl Kind {
    /// What IATI calls such a body. IATI asks who a body is, this field what it does: a funder or an
    /// operator may be a ministry, an agency or an institution of several States, and is written as
    /// the public body that most of them are here.
    pub fn organisation_type(self) -> OrganisationType {
        match self {
            Self::Commune | Self::Province | Self::Region => LOCAL_GOVERNMENT,
            Self::Ministry | Self::DecentralisedService => GOVERNMENT,
            Self::PublicBody | Self::Funder | Self::Operator => OTHER_PUBLIC,
            Self::NationalAssociation | Self::LocalAssociation => PARTNER_COUNTRY_NGO,
            Self::DiasporaAssociation | Self::Ngo => NATIONAL_NGO,
            Self::University => ACADEMIC,
            Self::Media | Self::Other => OTHER,
        }
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn every_kind_has_a_type_and_every_type_a_kind() {
        for kind in Kind::VARIANTS {
            assert!(OrganisationType::ALL.contains(&kind.organisation_type()), "{kind:?}");
        }
        for it in OrganisationType::ALL {
            assert_eq!(OrganisationType::by_code(it.code), Some(it));
        }
        assert!(OrganisationType::ALL.is_sorted_by_key(|it| it.code));
        assert_eq!(OrganisationType::by_code("99"), None);
    }

    #[test]
    fn what_is_read_from_a_code_is_written_as_that_code_where_it_says_who_a_body_is() {
        for code in ["10", "11", "15", "22", "24", "80", "90"] {
            let it = OrganisationType::by_code(code).expect("it is in the list");
            assert_eq!(it.kind().organisation_type().to_string(), code);
        }
    }
}
