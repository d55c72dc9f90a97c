//! Decimal numbers without exponent and without floating point.

use std::fmt;

/// How many decimals a division keeps: a third is `0.3333`.
const DIVISION_DECIMALS: u32 = 4;
/// More decimals than this are no number of a newspaper; it keeps every product inside `i128`.
const MAX_DECIMALS: u32 = 18;

/// `mantissa / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

impl Decimal {
    /// A whole number.
    pub const fn whole(value: i64) -> Self {
        Self {
            mantissa: value as i128,
            scale: 0,
        }
    }

    /// Reads ASCII digits with at most one decimal point; no sign, no separators.
    pub fn parse(digits: &str) -> Option<Self> {
        let (mut mantissa, mut scale, mut point, mut any) = (0_i128, 0, false, false);
        for byte in digits.bytes() {
            match byte {
                b'0'..=b'9' => {
                    mantissa = mantissa
                        .checked_mul(10)?
                        .checked_add(i128::from(byte - b'0'))?;
                    scale += u32::from(point);
                    any = true;
                }
                b'.' if !point => point = true,
                _ => return None,
            }
        }
        (any && scale <= MAX_DECIMALS).then_some(Self { mantissa, scale }.trimmed())
    }

    /// `numerator / denominator`, to four decimals, half away from zero.
    pub fn ratio(numerator: i64, denominator: i64) -> Option<Self> {
        let (top, bottom) = (i128::from(numerator), i128::from(denominator));
        let doubled = top
            .checked_mul(2 * 10_i128.pow(DIVISION_DECIMALS))?
            .checked_div(bottom)?;
        let mantissa = i128::midpoint(doubled, doubled.signum());
        let scale = DIVISION_DECIMALS;
        Some(Self { mantissa, scale }.trimmed())
    }

    /// The number with its sign turned.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self {
            mantissa: -self.mantissa,
            scale: self.scale,
        }
    }

    /// Product.
    pub fn times(self, other: Self) -> Option<Self> {
        let scale = self.scale + other.scale;
        let mantissa = self.mantissa.checked_mul(other.mantissa)?;
        let product = Self { mantissa, scale }.trimmed();
        (product.scale <= MAX_DECIMALS).then_some(product)
    }

    /// Sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let mantissa = self.at(scale)?.checked_add(other.at(scale)?)?;
        Some(Self { mantissa, scale }.trimmed())
    }

    /// Ten to the power of `exponent`.
    pub fn power_of_ten(exponent: u32) -> Option<Self> {
        let mantissa = 10_i128.checked_pow(exponent)?;
        Some(Self { mantissa, scale: 0 })
    }

    /// Whether `self` is smaller.
    pub fn less_than(self, other: Self) -> bool {
        let scale = self.scale.max(other.scale);
        match (self.at(scale), other.at(scale)) {
            (Some(a), Some(b)) => a < b,
            _ => false,
        }
    }

    /// The value as a whole number, where it is one and fits.
    pub fn as_whole(self) -> Option<i64> {
        (self.scale == 0)
            .then(|| i64::try_from(self.mantissa).ok())
            .flatten()
    }

    /// The mantissa at a scale of at least its own.
    fn at(self, scale: u32) -> Option<i128> {
        self.mantissa
            .checked_mul(10_i128.checked_pow(scale - self.scale)?)
    }

    /// Without zeros after the last decimal that counts.
    fn trimmed(mut self) -> Self {
        while self.scale > 0 && self.mantissa % 10 == 0 {
            self.mantissa /= 10;
            self.scale -= 1;
        }
        self
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = self.mantissa.unsigned_abs();
        let Some(unit) = 10_u128.checked_pow(self.scale).filter(|_| self.scale > 0) else {
            return write!(f, "{sign}{digits}");
        };
        let width = self.scale as usize;
        write!(f, "{sign}{}.{:0width$}", digits / unit, digits % unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).expect("a decimal")
    }

    #[test]
    fn decimals_keep_what_was_written_without_trailing_zeros() {
        assert_eq!(decimal("0120.50").to_string(), "120.5");
        assert_eq!(decimal(".05").to_string(), "0.05");
        assert_eq!(decimal("7.00").to_string(), "7");
    }

    #[test]
    fn products_and_sums_are_exact_where_binary_fractions_are_not() {
        let million = Decimal::power_of_ten(6).expect("fits");
        assert_eq!(
            decimal("1.13").times(million).expect("fits").to_string(),
            "1130000"
        );
        assert_eq!(
            decimal("0.1")
                .plus(decimal("0.2"))
                .expect("fits")
                .to_string(),
            "0.3"
        );
    }

    #[test]
    fn division_rounds_to_four_decimals() {
        assert_eq!(Decimal::ratio(1, 3).expect("fits").to_string(), "0.3333");
        assert_eq!(Decimal::ratio(2, 3).expect("fits").to_string(), "0.6667");
        assert_eq!(Decimal::ratio(3, 4).expect("fits").to_string(), "0.75");
        assert_eq!(Decimal::ratio(1, 0), None);
    }

    #[test]
    fn numbers_too_long_are_refused_not_wrapped() {
        assert_eq!(Decimal::parse(&"9".repeat(60)), None);
        assert_eq!(Decimal::parse("."), None);
        assert_eq!(Decimal::parse("1.2.3"), None);
        let huge = decimal(&"9".repeat(30));
        assert_eq!(huge.times(huge), None);
    }
}
