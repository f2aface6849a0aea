//! Runs the same work over many items on several cores.

use std::sync::LazyLock;
use std::thread::available_parallelism;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// With fewer items than this, starting threads is not worthwhile.
const MANY: usize = 500;

/// The number of items that a thread takes at a time: enough to share a cache, few enough to keep all cores busy.
const CHUNK: usize = 64;

/// The maximum number of threads to start. Half of the work on a large platform is sequential, and each thread uses
/// about 2 MiB of memory.
const MOST_THREADS: usize = 8;

/// The maximum number of threads that `RAYON_NUM_THREADS` can request. Starting thousands takes longer than the work.
const MOST_ASKED: usize = 64;

/// The threads, started for the first large platform; `None` if the machine provides none or only one. The pool is
/// private to this file, because rayon's global pool belongs to the program that uses this library and panics if it
/// cannot start.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let asked = std::env::var("RAYON_NUM_THREADS").ok().and_then(|number| number.parse::<usize>().ok());
    let threads = match asked {
        Some(threads) if threads > 0 => threads.min(MOST_ASKED),
        _ => available_parallelism().map_or(1, |cores| cores.get().min(MOST_THREADS)),
    };
    let pool = ThreadPoolBuilder::new().num_threads(threads).thread_name(|i| format!("ecrgen-{i}")).build().ok();
    pool.filter(|pool| pool.current_num_threads() > 1)
});

/// Runs the work on each chunk of the items, or on a single chunk if there are few items or no threads. The results are
/// in the order of the items. They must not depend on where a chunk ends.
pub fn chunks<T: Sync, R: Send>(items: &[T], work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    if items.len() < MANY {
        return vec![work(items)];
    }
    match &*POOL {
        Some(pool) => pool.install(|| items.par_chunks(CHUNK).map(&work).collect()),
        None => vec![work(items)],
    }
}

/// Runs the work on each of a few items, on several cores if it is about many parts in all, for example repositories. The
/// results are in the order of the items.
pub fn each<'t, T: Sync, R: Send>(items: &'t [T], parts: usize, work: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    let is_large = items.len() > 1 && parts >= MANY;
    match is_large.then(|| POOL.as_ref()).flatten() {
        Some(pool) => pool.install(|| items.par_iter().map(&work).collect()),
        None => items.iter().map(work).collect(),
    }
}
