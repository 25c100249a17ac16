//! Sharing out jobs among threads.

use std::thread;

/// Does the jobs, the last one on this thread and each other one on its own.
pub(super) fn each<J: Send>(jobs: impl IntoIterator<Item = J>, work: impl Fn(J) + Sync) {
    thread::scope(|scope| {
        let mut jobs = jobs.into_iter().peekable();
        while let Some(job) = jobs.next() {
            if jobs.peek().is_none() {
                work(job);
            } else {
                scope.spawn(|| work(job));
            }
        }
    });
}
