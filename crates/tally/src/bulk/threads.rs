//! Sharing out jobs among threads: whoever is free takes the next one, so that a busy core delays nobody else.

use std::sync::Mutex;
use std::thread;

/// Does all jobs on so many threads, this one among them. No thread is started for a single job.
pub(super) fn each<J: Send>(threads: usize, jobs: impl IntoIterator<Item = J>, work: impl Fn(J) + Sync) {
    each_with(threads, jobs, || (), |(), job| work(job));
}

/// The same where every thread keeps something from job to job: what each of them has in the end.
pub(super) fn each_with<J: Send, K: Send>(
    threads: usize,
    jobs: impl IntoIterator<Item = J>,
    kept: impl Fn() -> K + Sync,
    work: impl Fn(&mut K, J) + Sync,
) -> Vec<K> {
    let jobs: Vec<J> = jobs.into_iter().collect();
    let helpers = threads.min(jobs.len()).saturating_sub(1);
    let queue = Mutex::new(jobs.into_iter());
    let next = || queue.lock().expect("taking a job does not panic").next();
    let take_turns = || {
        let mut kept = kept();
        while let Some(job) = next() {
            work(&mut kept, job);
        }
        kept
    };
    thread::scope(|scope| {
        let helpers: Vec<_> = (0..helpers).map(|_| scope.spawn(take_turns)).collect();
        let own = take_turns();
        let others = helpers.into_iter().map(|helper| helper.join().expect("the work does not panic"));
        others.chain([own]).collect()
    })
}
