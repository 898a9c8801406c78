//! Sums of money that never mix currencies and never take what was not declared for nothing.
use domain::money::{INTEGER_MAX, Money};
use serde::Serialize;

/// One sum for each currency, and how many amounts were not declared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Amounts {
    sums: Vec<Money>,
    /// How many amounts nobody declared: not zero, not known.
    pub undeclared: u64,
}

impl Amounts {
    /// The sums, one for each currency that appears, in the order of the currencies.
    pub fn sums(&self) -> &[Money] {
        &self.sums
    }

    /// Adds `amount`, or counts one more that was not declared.
    pub fn add(&mut self, amount: Option<Money>) {
        match amount {
            Some(amount) => self.plus(amount),
            None => self.undeclared += 1,
        }
    }

    /// Adds `amount` to the sum of its currency. A sum beyond what JSON keeps exactly stays at that
    /// limit: 90 thousand milliard units are a mistake in the data, not a balance.
    pub fn plus(&mut self, amount: Money) {
        match self.sums.binary_search_by_key(&amount.currency(), |sum| sum.currency()) {
            Ok(place) => {
                let sum = &mut self.sums[place];
                *sum = sum.checked_add(amount).unwrap_or_else(|_| limit(*sum, amount));
            }
            Err(place) => self.sums.insert(place, amount),
        }
    }

    /// Takes `amount` off the sum of its currency.
    pub fn minus(&mut self, amount: Money) {
        if let Ok(opposite) = Money::new(-amount.minor(), amount.currency()) {
            self.plus(opposite);
        }
    }

    /// Takes `amount` off as if it had never been added: a sum that is nothing again appears no more.
    /// For sums of amounts above zero.
    pub fn take_back(&mut self, amount: Money) {
        self.minus(amount);
        self.sums.retain(|sum| sum.currency() != amount.currency() || sum.minor() != 0);
    }

    /// Adds all of `other`.
    pub fn merge(&mut self, other: &Self) {
        self.undeclared += other.undeclared;
        for sum in &other.sums {
            self.plus(*sum);
        }
    }

    /// What is left of these once `other` is taken off, currency by currency; an amount that was not
    /// declared on either side is counted.
    #[must_use]
    pub fn less(mut self, other: &Self) -> Self {
        self.undeclared += other.undeclared;
        for sum in &other.sums {
            self.minus(*sum);
        }
        self
    }
}

impl FromIterator<Option<Money>> for Amounts {
    fn from_iter<I: IntoIterator<Item = Option<Money>>>(amounts: I) -> Self {
        let mut sum = Self::default();
        amounts.into_iter().for_each(|amount| sum.add(amount));
        sum
    }
}

fn limit(sum: Money, amount: Money) -> Money {
    let minor = if amount.minor() < 0 { -INTEGER_MAX } else { INTEGER_MAX };
    Money::new(minor, sum.currency()).unwrap_or(sum)
}

#[cfg(test)]
mod tests {
    use domain::money::Currency;

    use super::*;

    #[test]
    fn currencies_stay_apart_and_the_undeclared_is_counted() {
        let euros = Money::new(500, Currency::Eur).expect("in range");
        let sum: Amounts = [Some(Money::dirhams(3)), None, Some(euros), Some(Money::dirhams(4))]
            .into_iter()
            .collect();
        assert_eq!(sum.sums(), [Money::dirhams(7), euros]);
        assert_eq!(sum.undeclared, 1);
        let left = sum.clone().less(&sum);
        assert_eq!(left.sums(), [Money::dirhams(0), Money::zero(Currency::Eur)]);
        assert_eq!(left.undeclared, 2);
    }

    #[test]
    fn what_is_taken_back_was_never_there() {
        let mut sum: Amounts =
            [Some(Money::dirhams(3)), Some(Money::dirhams(4))].into_iter().collect();
        sum.take_back(Money::dirhams(3));
        assert_eq!(sum.sums(), [Money::dirhams(4)]);
        sum.take_back(Money::dirhams(4));
        assert_eq!(sum, Amounts::default());
    }

    #[test]
    fn a_sum_out_of_range_stays_at_the_limit() {
        let most = Money::new(INTEGER_MAX, Currency::Mad).expect("in range");
        let sum: Amounts = [Some(most), Some(most)].into_iter().collect();
        assert_eq!(sum.sums(), [most]);
    }
}
