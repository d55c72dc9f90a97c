//! Written numbers, ranges and units in their sentences.

use super::{mark, number, range, unit_at};

fn words(text: &str) -> Vec<&str> {
    text.split(' ').collect()
}

fn pair(low: &str, high: &str) -> (String, String) {
    (low.to_owned(), high.to_owned())
}

#[test]
fn ranges_that_are_opened_may_name_their_unit_twice() {
    assert_eq!(range(&words("between 5 % and 6 %")), Some(pair("5", "6")));
    assert_eq!(range(&words("between 40 and 50")), Some(pair("40", "50")));
    assert_eq!(
        range(&words("from 12 miles to 15 miles")),
        Some(pair("12", "15"))
    );
    assert_eq!(
        range(&words("five per cent to 20 per cent")),
        Some(pair("5", "20"))
    );
    // no range without `between` or `from`, and none that goes down
    assert_eq!(range(&words("40 and 50")), None);
    assert_eq!(range(&words("12 miles to 15 villages")), None);
    assert_eq!(range(&words("from 15 to 12")), None);
}

#[test]
fn millions_are_told_from_metres_by_what_is_counted() {
    assert_eq!(number(&words("12.3 m tonnes")).as_deref(), Some("12300000"));
    assert_eq!(number(&words("35 m of them")).as_deref(), Some("35000000"));
    assert_eq!(number(&words("50 m away")).as_deref(), Some("50"));
    assert_eq!(number(&words("110 m hurdles")).as_deref(), Some("110"));
}

#[test]
fn units_behind_a_number_may_have_two_words() {
    assert_eq!(unit_at(&words("per cent of")), Some(("percentage", 2)));
    assert_eq!(unit_at(&words("km away")), Some(("kilometre", 1)));
    assert_eq!(unit_at(&words("boats sank")), None);
}

#[test]
fn numbers_side_by_side_begin_twice() {
    let opens: Vec<bool> = mark(&words("nine million 250 boxes"))
        .iter()
        .map(|flags| flags.opens)
        .collect();
    assert_eq!(opens, [true, false, true, false]);
}
