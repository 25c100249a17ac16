//! The marks in memory: tiles of 64 candidates, in each tile one column per mark.
//!
//! A column of a tile is 64 marks side by side, so that the compiler turns additions into vector instructions; the columns of a tile
//! follow each other in the order in which they are added up, criterion by criterion, so that memory is read from front to back. Rows of
//! the last tile that are not used are 0. Blocks of tiles are what threads share out.

use super::standing::BulkRefusal;

/// How many candidates a tile holds: a column of `u8` marks is one cache line.
pub(super) const TILE: usize = 64;
/// How many candidates a block holds.
pub(super) const ROWS: usize = 16 * TILE;

/// What a bulk count needs to know of the marks before it sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// How many jurors marked every candidate.
    pub jurors: u32,
    /// How many criteria each juror marked.
    pub criteria: u32,
    /// The highest mark there may be, on the scale of the columns.
    pub mark_max: u16,
    /// How many steps of the columns make one point: 1 for whole points, 10 if 903 stands for 90.3.
    pub scale: u32,
}

impl Shape {
    /// How many marks a candidate has.
    ///
    /// ```
    /// use tally::bulk::Shape;
    ///
    /// assert_eq!(Shape { jurors: 9, criteria: 10, mark_max: 100, scale: 1 }.marks(), 90);
    /// ```
    pub fn marks(&self) -> usize {
        self.jurors as usize * self.criteria as usize
    }
}

/// The integer types that marks may be stored in: `u8` for marks up to 255, `u16` up to 65,535.
pub trait Mark: sealed::Stored {}

impl Mark for u8 {}
impl Mark for u16 {}

pub(super) mod sealed {
    /// What the inside of the bulk count asks of a stored mark.
    pub trait Stored: Copy + Default + Ord + From<u8> + Into<u16> + Into<u32> + Send + Sync + 'static {
        /// The highest mark that fits.
        const HIGHEST: u16;
        /// The mark, which is not above the highest.
        fn of(mark: u16) -> Self;
    }

    impl Stored for u8 {
        const HIGHEST: u16 = u8::MAX as u16;
        fn of(mark: u16) -> u8 {
            mark as u8
        }
    }

    impl Stored for u16 {
        const HIGHEST: u16 = u16::MAX;
        fn of(mark: u16) -> u16 {
            mark
        }
    }
}

/// Up to [`ROWS`] candidates: tile after tile.
#[derive(Debug, Clone)]
pub(super) struct Block<M> {
    pub(super) rows: usize,
    /// How many marks a tile has.
    tile: usize,
    marks: Vec<M>,
}

impl<M: Mark> Block<M> {
    pub(super) fn new(shape: &Shape) -> Block<M> {
        let tile = shape.marks() * TILE;
        Block { rows: 0, tile, marks: vec![M::default(); tile * (ROWS / TILE)] }
    }

    /// The tiles, each with its columns criterion by criterion.
    pub(super) fn tiles(&self) -> impl Iterator<Item = &[M]> {
        self.marks.chunks_exact(self.tile)
    }

    /// The tile of a row, and which lane of its columns is the row's.
    pub(super) fn tile_mut(&mut self, row: usize) -> (&mut [M], usize) {
        (&mut self.marks[row / TILE * self.tile..][..self.tile], row % TILE)
    }

    /// Gives back the memory of tiles that are not used; no more rows are added.
    pub(super) fn close(&mut self) {
        self.marks.truncate(self.rows.div_ceil(TILE) * self.tile);
        self.marks.shrink_to_fit();
    }

    /// The highest mark; 0 if there is none.
    pub(super) fn highest(&self) -> M {
        self.marks.iter().copied().fold(M::default(), M::max)
    }

    fn mark(&self, row: usize, start: usize) -> M {
        self.marks[row / TILE * self.tile + start + row % TILE]
    }
}

/// Where in a tile each mark's column starts, for marks in the order of sheets: juror by juror.
pub(super) fn column_starts(shape: &Shape) -> Vec<usize> {
    let (jurors, criteria) = (shape.jurors as usize, shape.criteria as usize);
    (0..shape.marks()).map(|mark| (mark % criteria * jurors + mark / criteria) * TILE).collect()
}

/// The marks of many candidates, complete and within bounds, column by column.
///
/// Memory: one `M` per mark; up to a thousand candidates' room is kept for those still to come.
#[derive(Debug, Clone)]
pub struct Columns<M> {
    shape: Shape,
    starts: Vec<usize>,
    blocks: Vec<Block<M>>,
    candidates: usize,
}

impl<M: Mark> Columns<M> {
    /// No candidates yet. Refuses a shape without jurors, criteria or scale, or marks that `M` cannot hold.
    ///
    /// ```
    /// use tally::bulk::{BulkRefusal, Columns, Shape};
    ///
    /// let shape = Shape { jurors: 9, criteria: 10, mark_max: 1000, scale: 10 };
    /// assert!(Columns::<u16>::new(shape).is_ok());
    /// assert_eq!(Columns::<u8>::new(shape).unwrap_err(), BulkRefusal::MarksTooWide { mark_max: 1000, highest: 255 });
    /// ```
    pub fn new(shape: Shape) -> Result<Columns<M>, BulkRefusal> {
        if shape.jurors == 0 || shape.criteria == 0 || shape.scale == 0 {
            return Err(BulkRefusal::EmptyShape);
        }
        if shape.mark_max > M::HIGHEST {
            return Err(BulkRefusal::MarksTooWide { mark_max: shape.mark_max, highest: M::HIGHEST });
        }
        if u64::from(shape.jurors) * u64::from(shape.criteria) > MARKS_MAX {
            return Err(BulkRefusal::TooManyMarks { jurors: shape.jurors, criteria: shape.criteria });
        }
        Ok(Columns { shape, starts: column_starts(&shape), blocks: Vec::new(), candidates: 0 })
    }

    /// Adds a candidate: the first juror's marks for all criteria, then the second's, and so on.
    ///
    /// Refuses a candidate whose marks are not complete or lie above the shape's highest mark, and is then unchanged.
    ///
    /// ```
    /// use tally::bulk::{BulkRefusal, Columns, Shape};
    ///
    /// let mut columns = Columns::<u8>::new(Shape { jurors: 1, criteria: 2, mark_max: 10, scale: 1 })?;
    /// columns.push(&[7, 10])?;
    /// assert_eq!(columns.push(&[7]), Err(BulkRefusal::Hole { candidate: 1, expected: 2, found: 1 }));
    /// assert_eq!(columns.push(&[7, 11]), Err(BulkRefusal::MarkTooHigh { candidate: 1, column: 1, mark: 11, mark_max: 10 }));
    /// assert_eq!(columns.candidates(), 1);
    /// # Ok::<(), BulkRefusal>(())
    /// ```
    pub fn push(&mut self, marks: &[M]) -> Result<(), BulkRefusal> {
        let candidate = self.candidates;
        if marks.len() != self.shape.marks() {
            return Err(BulkRefusal::Hole { candidate, expected: self.shape.marks(), found: marks.len() });
        }
        let mark_max = self.shape.mark_max;
        if let Some(column) = marks.iter().position(|&mark| Into::<u16>::into(mark) > mark_max) {
            return Err(BulkRefusal::MarkTooHigh { candidate, column, mark: marks[column].into(), mark_max });
        }
        if self.blocks.last().is_none_or(|block| block.rows * self.shape.marks() == block.marks.len()) {
            self.blocks.push(Block::new(&self.shape));
        }
        let block = self.blocks.last_mut().expect("a block was just made sure of");
        let (tile, lane) = block.tile_mut(block.rows);
        for (&start, &mark) in self.starts.iter().zip(marks) {
            tile[start + lane] = mark;
        }
        block.rows += 1;
        self.candidates += 1;
        Ok(())
    }

    /// How many candidates there are.
    ///
    /// ```
    /// # use tally::bulk::{Columns, Shape};
    /// let columns = Columns::<u8>::new(Shape { jurors: 9, criteria: 10, mark_max: 100, scale: 1 }).unwrap();
    /// assert_eq!(columns.candidates(), 0);
    /// ```
    pub fn candidates(&self) -> usize {
        self.candidates
    }

    /// One candidate's marks, as they were pushed; none beyond the last candidate.
    ///
    /// ```
    /// # use tally::bulk::{Columns, Shape};
    /// let mut columns = Columns::<u8>::new(Shape { jurors: 2, criteria: 1, mark_max: 10, scale: 1 }).unwrap();
    /// columns.push(&[7, 8]).unwrap();
    /// assert_eq!(columns.marks(0), Some(vec![7, 8]));
    /// assert_eq!(columns.marks(1), None);
    /// ```
    pub fn marks(&self, candidate: usize) -> Option<Vec<M>> {
        let mut row = candidate;
        for block in &self.blocks {
            if row < block.rows {
                return Some(self.starts.iter().map(|&start| block.mark(row, start)).collect());
            }
            row -= block.rows;
        }
        None
    }

    /// What the columns were made for.
    ///
    /// ```
    /// # use tally::bulk::{Columns, Shape};
    /// let columns = Columns::<u8>::new(Shape { jurors: 9, criteria: 10, mark_max: 100, scale: 1 }).unwrap();
    /// assert_eq!(columns.shape().jurors, 9);
    /// ```
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    pub(super) fn blocks(&self) -> &[Block<M>] {
        &self.blocks
    }

    /// Takes over blocks whose marks have been checked.
    pub(super) fn append(&mut self, blocks: Vec<Block<M>>) {
        self.candidates += blocks.iter().map(|block| block.rows).sum::<usize>();
        self.blocks.extend(blocks);
    }
}

/// The most marks per candidate; a block of them takes about 140 MB.
const MARKS_MAX: u64 = 1 << 16;
