//! The same work on many items, by two threads.

use std::thread::Builder;

/// From how many items on a second thread is worth starting.
pub const MANY: usize = 500;

/// What the work makes of the items: of all of them if they are few, else of each half, the second one on a thread of
/// its own if the machine gives one. Results come in the order of the items.
pub fn in_halves<T: Sync, R: Send>(items: &[T], work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    if items.len() < MANY {
        return vec![work(items)];
    }
    let (first, second) = items.split_at(items.len() / 2);
    std::thread::scope(|scope| match Builder::new().spawn_scoped(scope, || work(second)) {
        Ok(other) => vec![work(first), other.join().expect("it panics only where this thread would")],
        Err(_) => vec![work(first), work(second)],
    })
}
