//! Reading a file that the threads fetch themselves, piece by piece: while one of them gets bytes, the others read lines.

use std::sync::Mutex;

use super::diagnosis::{after_heading, first_problem, heading_longest, line_longest};
use super::row::{Part, read_part};
use super::{Problem, Table};
use crate::bulk::columns::{Mark, Shape};
use crate::bulk::task::THREADS_MAX;
use crate::bulk::threads::each_with;

/// A piece has so many bytes, unless lines may be longer: few enough to stay near the processor until they are read.
const PIECE: usize = 1 << 20;

/// Reads a file that is fetched in pieces by the threads that read its lines.
///
/// `more` writes the next bytes of the file into the room it is given and tells how many; 0 is the end of the file. If it fails, so does
/// the reading, unless a line before was bad. `threads` (at least 1) changes the time and nothing else. Besides the table this takes
/// about a megabyte per thread.
///
/// ```
/// use std::{error::Error, io::Read};
/// use tally::bulk::{Shape, csv};
///
/// let mut file: &[u8] = b"candidate,group,juror1,juror2\n501,0,90,80\n502,0,70,90\n";
/// let shape = Shape { jurors: 2, criteria: 1, mark_max: 100, scale: 1 };
/// let table = csv::fetch::<u8, Box<dyn Error + Send + Sync>>(shape, 2, |room| Ok(file.read(room)?))?;
/// assert_eq!(table.candidates, [501, 502]);
/// # Ok::<(), Box<dyn Error + Send + Sync>>(())
/// ```
///
/// # Panics
///
/// If [`Columns::new`](crate::bulk::Columns::new) refuses the shape; ask it first where the shape comes from outside. If `more` tells of
/// more bytes than it had room for.
pub fn fetch<M: Mark, E: From<Problem> + Send>(
    shape: Shape,
    threads: usize,
    more: impl FnMut(&mut [u8]) -> Result<usize, E> + Send,
) -> Result<Table<M>, E> {
    let mut table = Table::new(shape).expect("the caller has a shape that columns can be made for");
    let room = PIECE.max(line_longest(&shape) + 1).max(heading_longest(&shape) + 1);
    let source = Mutex::new(Source { more, room, rest: Vec::new(), fetched: 0, ended: false });
    let threads = threads.clamp(1, THREADS_MAX);
    let desks = each_with(threads, 0..threads, Desk::default, |desk, _| desk.read(&source, &shape));
    let (mut pieces, mut failures) = (Vec::new(), Vec::new());
    for desk in desks {
        pieces.extend(desk.pieces);
        failures.extend(desk.failure);
    }
    // Pieces are given out in the order of the file and all are read that were given out: whatever comes before the first bad line is there.
    pieces.sort_unstable_by_key(|piece| piece.number);
    for piece in pieces {
        match piece.read {
            Ok(part) => table.append(part),
            Err(lines) => return Err(problem_of(piece.number, &lines, &table).into()),
        }
    }
    if let Some(failure) = failures.pop() {
        return Err(failure);
    }
    table.check_candidates()?;
    Ok(table)
}

/// What is wrong with a piece after which the table ends.
fn problem_of<M: Mark>(number: usize, lines: &[u8], table: &Table<M>) -> Problem {
    let shape = table.columns.shape();
    let lines = if number == 0 { after_heading(lines, shape) } else { Ok(lines) };
    lines.map_or_else(|problem| problem, |lines| first_problem(lines, shape, table.lines_read()))
}

/// Where pieces come from.
struct Source<F> {
    more: F,
    /// How many bytes a piece has at most.
    room: usize,
    /// The beginning of a line whose end comes with the next piece.
    rest: Vec<u8>,
    fetched: usize,
    ended: bool,
}

impl<F> Source<F> {
    /// Fetches the next whole lines: the number of the piece, from 0, and its length. A line that fills all the room is too long to be
    /// good; it is given out as it is and the last.
    fn fetch<E>(&mut self, buffer: &mut Vec<u8>) -> Result<Option<(usize, usize)>, E>
    where
        F: FnMut(&mut [u8]) -> Result<usize, E>,
    {
        if self.ended {
            return Ok(None);
        }
        if buffer.is_empty() {
            // One more for a line end that the file lacks.
            *buffer = vec![0; self.room + 1];
        }
        let mut filled = self.rest.len();
        buffer[..filled].copy_from_slice(&self.rest);
        while filled < self.room && !self.ended {
            // Whoever comes next must not ask again after a failure.
            self.ended = true;
            let length = (self.more)(&mut buffer[filled..self.room])?;
            self.ended = length == 0;
            filled += length;
        }
        if self.ended && (filled > 0 && buffer[filled - 1] != b'\n' || filled + self.fetched == 0) {
            buffer[filled] = b'\n';
            filled += 1;
        }
        let last = buffer[..filled].iter().rposition(|&byte| byte == b'\n');
        self.ended |= last.is_none();
        let end = last.map_or(filled, |last| last + 1);
        self.rest.clear();
        self.rest.extend_from_slice(&buffer[end..filled]);
        self.fetched += 1;
        Ok(Some((self.fetched - 1, end)))
    }
}

/// Lines that were read, or those that have something bad among them.
struct Piece<M> {
    number: usize,
    read: Result<Part<M>, Vec<u8>>,
}

/// Where a thread reads.
struct Desk<M, E> {
    buffer: Vec<u8>,
    pieces: Vec<Piece<M>>,
    failure: Option<E>,
}

impl<M, E> Default for Desk<M, E> {
    fn default() -> Desk<M, E> {
        Desk { buffer: Vec::new(), pieces: Vec::new(), failure: None }
    }
}

impl<M: Mark, E> Desk<M, E> {
    /// Fetches and reads until there is nothing more or something is bad.
    fn read<F: FnMut(&mut [u8]) -> Result<usize, E>>(&mut self, source: &Mutex<Source<F>>, shape: &Shape) {
        loop {
            let fetched = source.lock().expect("fetching does not panic").fetch(&mut self.buffer);
            let (number, length) = match fetched {
                Ok(Some(fetched)) => fetched,
                Ok(None) => return,
                Err(failure) => {
                    self.failure = Some(failure);
                    return;
                }
            };
            let lines = &self.buffer[..length];
            let bare = if number == 0 { after_heading(lines, shape).ok() } else { Some(lines) };
            let read = bare.and_then(|lines| read_part(lines, shape)).ok_or_else(|| lines.to_vec());
            if read.is_err() {
                source.lock().expect("fetching does not panic").ended = true;
            }
            self.pieces.push(Piece { number, read });
        }
    }
}
