//! One integration binary.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[test]
fn placeholder() {
    let value: Option<u32> = Some(1);
    assert_eq!(value.unwrap(), 1);
}
