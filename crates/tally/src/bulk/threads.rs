//! Sharing out jobs among threads: whoever is free takes the next one, so that a busy core delays nobody else.

use std::sync::Mutex;
use std::thread;

/// Does all jobs on so many threads, this one among them. No thread is started for a single job.
pub(super) fn each<J: Send>(threads: usize, jobs: impl IntoIterator<Item = J>, work: impl Fn(J) + Sync) {
    let jobs: Vec<J> = jobs.into_iter().collect();
    let helpers = threads.min(jobs.len()).saturating_sub(1);
    let queue = Mutex::new(jobs.into_iter());
    let next = || queue.lock().expect("taking a job does not panic").next();
    let take_turns = || {
        while let Some(job) = next() {
            work(job);
        }
    };
    thread::scope(|scope| {
        (0..helpers).for_each(|_| drop(scope.spawn(take_turns)));
        take_turns();
    });
}
