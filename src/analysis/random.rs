//! Chance that is the same on every machine: seeded ChaCha8 streams, one for each fixed-size chunk of draws.
//!
//! A stream is named by seed, purpose and chunk, so a run gives the same figures to the last bit whatever threads
//! share its chunks. Transcendental functions come from `libm`; a square root is exact by IEEE 754.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

/// How many figures are drawn at a time.
const FILL: usize = 64;

/// One stream of chance.
#[derive(Clone, Debug)]
pub struct Stream {
    source: ChaCha8Rng,
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
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8] = match purpose {
            Purpose::WeightsAndScores => 0,
            Purpose::ScoresAlone => 1,
            Purpose::Orders => 2,
        };
        let mut source = ChaCha8Rng::from_seed(key);
        source.set_stream(u64::from(chunk));
        Self { source }
    }

    /// Uniform between 0 and 1, never either.
    #[must_use]
    pub fn uniform(&mut self) -> f64 {
        open_unit(self.source.next_u32())
    }

    /// Fills a row with figures uniform between 0 and 1, never either.
    pub fn fill_uniform(&mut self, row: &mut [f64]) {
        let mut bytes = [0; 4 * FILL];
        for part in row.chunks_mut(FILL) {
            let bytes = &mut bytes[..4 * part.len()];
            self.source.fill_bytes(bytes);
            for (figure, four) in part.iter_mut().zip(bytes.as_chunks::<4>().0) {
                *figure = open_unit(u32::from_le_bytes(*four));
            }
        }
    }

    /// A whole number from 0 up to but not including `below`, all alike to within one part in four thousand million
    /// of `below`; 0 when `below` is 0.
    #[must_use]
    pub fn below(&mut self, below: usize) -> usize {
        ((u128::from(self.source.next_u64()) * below as u128) >> 64) as usize
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

/// The middle of one of 2³² equal steps between 0 and 1.
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
    use super::*;

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
