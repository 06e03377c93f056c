//! Chance that is the same on every machine: seeded ChaCha8 streams, one for each fixed-size chunk of draws.
//!
//! A stream is named by seed, purpose and chunk, so a run gives the same figures to the last bit whatever threads
//! share its chunks. Transcendental functions come from `libm`; a square root is exact by IEEE 754.

/// Blocks of the cipher that are worked side by side, and the words of one block.
const BLOCKS: usize = 32;
const WORDS: usize = 16;
/// Words that are made at a time.
const BATCH: usize = BLOCKS * WORDS;

/// One stream of chance.
#[derive(Clone, Debug)]
pub struct Stream {
    key: [u32; 8],
    nonce: [u32; 2],
    /// The next block of the cipher.
    counter: u64,
    /// The words made last, of which those before `used` are spent: word `w` of block `b` at `w * BLOCKS + b`.
    words: [u32; BATCH],
    used: usize,
}

/// What a stream is for: streams of different purposes are independent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Weights and scores drawn together.
    WeightsAndScores,
    /// Scores alone, at weights that are held.
    ScoresAlone,
    /// Orders in which changes are made.
    Orders,
}

impl Stream {
    /// The stream of a chunk.
    #[must_use]
    pub fn new(seed: u64, purpose: Purpose, chunk: u32) -> Self {
        let purpose = match purpose {
            Purpose::WeightsAndScores => 0,
            Purpose::ScoresAlone => 1,
            Purpose::Orders => 2,
        };
        let [low, high] = halves(seed);
        Self {
            key: [low, high, purpose, 0, 0, 0, 0, 0],
            nonce: [chunk, 0],
            counter: 0,
            words: [0; BATCH],
            used: BATCH,
        }
    }

    /// Uniform between 0 and 1, never either.
    #[must_use]
    pub fn uniform(&mut self) -> f64 {
        open_unit(self.word())
    }

    /// Fills a row with figures uniform between 0 and 1, never either.
    #[inline(always)]
    pub fn fill_uniform(&mut self, row: &mut [f64]) {
        let mut rest = row;
        while !rest.is_empty() {
            if self.used == BATCH {
                self.refill();
            }
            let (part, after) = rest.split_at_mut(rest.len().min(BATCH - self.used));
            for (figure, word) in part.iter_mut().zip(&self.words[self.used..]) {
                *figure = open_unit(*word);
            }
            self.used += part.len();
            rest = after;
        }
    }

    fn word(&mut self) -> u32 {
        if self.used == BATCH {
            self.refill();
        }
        let word = self.words[self.used];
        self.used += 1;
        word
    }

    /// The next blocks of ChaCha (Bernstein 2008) with 8 rounds, a 64-bit counter and a 64-bit nonce.
    #[inline(always)]
    fn refill(&mut self) {
        let counters: [[u32; 2]; BLOCKS] =
            std::array::from_fn(|block| halves(self.counter.wrapping_add(block as u64)));
        let begun: [Row; WORDS] = std::array::from_fn(|word| match word {
            0..4 => [SIGMA[word]; BLOCKS],
            4..12 => [self.key[word - 4]; BLOCKS],
            12 | 13 => counters.map(|halves| halves[word - 12]),
            _ => [self.nonce[word - 14]; BLOCKS],
        });
        let mixed = mixed(begun);
        for ((out, row), start) in self.words.chunks_exact_mut(BLOCKS).zip(&mixed).zip(&begun) {
            for ((word, mixed), first) in out.iter_mut().zip(row).zip(start) {
                *word = mixed.wrapping_add(*first);
            }
        }
        self.counter = self.counter.wrapping_add(BLOCKS as u64);
        self.used = 0;
    }

    /// A whole number from 0 up to but not including `below`, all alike to within one part in four thousand million
    /// of `below`; 0 when `below` is 0.
    #[must_use]
    pub fn below(&mut self, below: usize) -> usize {
        let bits = u64::from(self.word()) | (u64::from(self.word()) << 32);
        ((u128::from(bits) * below as u128) >> 64) as usize
    }

    /// Standard normal.
    #[must_use]
    pub fn normal(&mut self) -> f64 {
        normal_quantile(self.uniform())
    }

    /// Gamma with this shape (above 0) and scale 1, by Marsaglia & Tsang 2000.
    #[must_use]
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let lift = libm::exp(libm::log(self.uniform()) / shape);
            return self.gamma(shape + 1.0) * lift;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let root = 1.0 + c * x;
            let v = root * root * root;
            if v > 0.0 && libm::log(self.uniform()) < 0.5 * x * x + d - d * v + d * libm::log(v) {
                return d * v;
            }
        }
    }
}

/// "expand 32-byte k".
const SIGMA: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];

/// One word of each block.
type Row = [u32; BLOCKS];

/// The eight rounds: four times the columns, then the diagonals.
#[inline(always)]
fn mixed(rows: [Row; WORDS]) -> [Row; WORDS] {
    // Rows of their own rather than of one array: then it is plain that none is another.
    let [mut a0, mut a1, mut a2, mut a3, mut b0, mut b1, mut b2, mut b3, rest @ ..] = rows;
    let [mut c0, mut c1, mut c2, mut c3, mut d0, mut d1, mut d2, mut d3] = rest;
    for _ in 0..4 {
        quarter_round(&mut a0, &mut b0, &mut c0, &mut d0);
        quarter_round(&mut a1, &mut b1, &mut c1, &mut d1);
        quarter_round(&mut a2, &mut b2, &mut c2, &mut d2);
        quarter_round(&mut a3, &mut b3, &mut c3, &mut d3);
        quarter_round(&mut a0, &mut b1, &mut c2, &mut d3);
        quarter_round(&mut a1, &mut b2, &mut c3, &mut d0);
        quarter_round(&mut a2, &mut b3, &mut c0, &mut d1);
        quarter_round(&mut a3, &mut b0, &mut c1, &mut d2);
    }
    [a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3, d0, d1, d2, d3]
}

#[inline(always)]
fn quarter_round(a: &mut Row, b: &mut Row, c: &mut Row, d: &mut Row) {
    for block in 0..BLOCKS {
        let (mut w, mut x, mut y, mut z) = (a[block], b[block], c[block], d[block]);
        w = w.wrapping_add(x);
        z = (z ^ w).rotate_left(16);
        y = y.wrapping_add(z);
        x = (x ^ y).rotate_left(12);
        w = w.wrapping_add(x);
        z = (z ^ w).rotate_left(8);
        y = y.wrapping_add(z);
        x = (x ^ y).rotate_left(7);
        (a[block], b[block], c[block], d[block]) = (w, x, y, z);
    }
}

fn halves(bits: u64) -> [u32; 2] {
    [bits as u32, (bits >> 32) as u32]
}

/// Turns uniform figures into exponential draws of mean 1, −ln u.
#[inline(always)]
pub fn exponential(row: &mut [f64]) {
    row.iter_mut().for_each(|u| *u = -natural_log(*u));
}

/// ln x of a normal number above 0 to within a few units in the last place, by plain arithmetic that can be done side by
/// side: x = m·2ᵉ with m from √½ to √2, and ln m = 2·artanh s = 2·(s + s³/3 + s⁵/5 + …) with s = (m − 1)/(m + 1).
#[inline(always)]
fn natural_log(x: f64) -> f64 {
    const LEAST: u64 = 0x3FE6_A09E_667F_3BCD; // √½
    const MIDDLE: u64 = 1024;
    let bits = x.to_bits();
    let exponent = bits.wrapping_sub(LEAST).wrapping_add(MIDDLE << 52) >> 52;
    let m = f64::from_bits(bits.wrapping_sub(exponent.wrapping_sub(MIDDLE) << 52));
    // The bits of 2⁵² with the exponent below are the number 2⁵² + exponent.
    let e = f64::from_bits(0x4330_0000_0000_0000 | exponent) - (4_503_599_627_370_496.0 + MIDDLE as f64);
    let s = (m - 1.0) / (m + 1.0);
    let z = s * s;
    let mut series = 1.0 / 21.0;
    for odd in [19.0, 17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0] {
        series = series * z + 1.0 / odd;
    }
    e * LN_2_HIGH + (2.0 * s + (2.0 * s * z * series + e * LN_2_LOW))
}

/// ln 2 in two parts, of which the first has noughts at its end, so that it can be multiplied exactly.
const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// The middle of one of 2³² equal steps between 0 and 1.
#[inline(always)]
fn open_unit(bits: u32) -> f64 {
    (f64::from(bits) + 0.5) * (1.0 / 4_294_967_296.0)
}

/// The standard normal quantile of a probability between 0 and 1 (Wichura 1988, algorithm AS 241, good to 16 figures);
/// ∓∞ at 0 and 1.
#[must_use]
pub fn normal_quantile(probability: f64) -> f64 {
    let from_middle = probability - 0.5;
    if from_middle.abs() <= 0.425 {
        let r = 0.180_625 - from_middle * from_middle;
        return from_middle * polynomial(&CENTRE_OVER, r) / polynomial(&CENTRE_UNDER, r);
    }
    let tail = if from_middle < 0.0 { probability } else { 1.0 - probability };
    if tail <= 0.0 {
        return f64::INFINITY.copysign(from_middle);
    }
    let r = (-libm::log(tail)).sqrt();
    let size = if r <= 5.0 {
        polynomial(&SHOULDER_OVER, r - 1.6) / polynomial(&SHOULDER_UNDER, r - 1.6)
    } else {
        polynomial(&TAIL_OVER, r - 5.0) / polynomial(&TAIL_UNDER, r - 5.0)
    };
    size.copysign(from_middle)
}

/// Σ cᵢ·xⁱ, lowest power first.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, c| sum * x + c)
}

const CENTRE_OVER: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const CENTRE_UNDER: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_854,
];
const SHOULDER_OVER: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const SHOULDER_UNDER: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const TAIL_OVER: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_9,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const TAIL_UNDER: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use rand_chacha::{
        ChaCha8Rng,
        rand_core::{Rng, SeedableRng},
    };

    use super::*;

    /// The words are those of the published cipher, as the crate `rand_chacha` makes them, many blocks side by side.
    #[test]
    fn streams_are_those_of_chacha8() {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&20_261_122_u64.to_le_bytes());
        key[8] = 1;
        let mut theirs = ChaCha8Rng::from_seed(key);
        theirs.set_stream(77);
        let mut ours = Stream::new(20_261_122, Purpose::ScoresAlone, 77);
        for _ in 0..3 {
            let batch: Vec<u32> = (0..BATCH).map(|_| ours.word()).collect();
            for block in 0..BLOCKS {
                for word in 0..WORDS {
                    assert_eq!(batch[word * BLOCKS + block], theirs.next_u32());
                }
            }
        }
    }

    #[test]
    fn logarithms_agree_with_libm() {
        let mut stream = Stream::new(3, Purpose::ScoresAlone, 0);
        let edges = [open_unit(0), open_unit(u32::MAX), 0.5, 0.707, 0.7072, 1.0, 1e-9];
        for x in edges.into_iter().chain((0..10_000).map(|_| stream.uniform())) {
            let (found, expected) = (natural_log(x), libm::log(x));
            assert!((found - expected).abs() <= 4e-16 * expected.abs().max(0.35), "{x}: {found} {expected}");
        }
    }

    /// Quantiles from scipy 1.17.1 (`scipy.stats.norm.ppf`).
    #[test]
    fn normal_quantiles_agree_with_scipy() {
        let table = [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.025, -1.959_963_984_540_054_5),
            (0.95, 1.644_853_626_951_472_2),
            (1e-6, -4.753_424_308_822_899),
            (1e-15, -7.941_345_326_170_998),
        ];
        for (probability, expected) in table {
            let found = normal_quantile(probability);
            assert!((found - expected).abs() < 1e-13 * expected.abs().max(1.0), "{probability}: {found}");
        }
        assert!(normal_quantile(0.0).is_infinite() && normal_quantile(0.0) < 0.0);
    }

    #[test]
    fn a_stream_is_named_by_seed_purpose_and_chunk() {
        let first = |seed, purpose, chunk| Stream::new(seed, purpose, chunk).uniform().to_bits();
        let here = first(7, Purpose::WeightsAndScores, 3);
        assert_eq!(here, first(7, Purpose::WeightsAndScores, 3));
        assert_ne!(here, first(8, Purpose::WeightsAndScores, 3));
        assert_ne!(here, first(7, Purpose::ScoresAlone, 3));
        assert_ne!(here, first(7, Purpose::WeightsAndScores, 4));
    }

    #[test]
    fn gamma_draws_have_the_mean_and_variance_of_their_shape() {
        for shape in [0.3, 1.0, 4.5] {
            let mut stream = Stream::new(1, Purpose::ScoresAlone, 0);
            let draws: Vec<f64> = (0..40_000).map(|_| stream.gamma(shape)).collect();
            let mean = draws.iter().sum::<f64>() / draws.len() as f64;
            let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / draws.len() as f64;
            assert!((mean - shape).abs() < 5.0 * (shape / draws.len() as f64).sqrt(), "{shape}: {mean}");
            assert!((variance / shape - 1.0).abs() < 0.06, "{shape}: {variance}");
        }
    }

    #[test]
    fn whole_numbers_stay_below_their_limit() {
        let mut stream = Stream::new(1, Purpose::ScoresAlone, 0);
        let mut seen = [0_u32; 3];
        for _ in 0..3_000 {
            seen[stream.below(3)] += 1;
        }
        assert!(seen.iter().all(|count| (850..1_150).contains(count)), "{seen:?}");
        assert_eq!(stream.below(0), 0);
    }
}
