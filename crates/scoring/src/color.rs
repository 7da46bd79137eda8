//! How different two colours look.

use domain::content::Color;

/// Distance in OKLab (Ottosson 2020): 0 for the same colour, 1 from black to white;
/// below about 0.02 hardly anyone sees a difference.
pub(crate) fn difference(a: Color, b: Color) -> f64 {
    let (a, b) = (oklab(a), oklab(b));
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

fn oklab(color: Color) -> [f64; 3] {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let (r, g, b) = (linear(color.red), linear(color.green), linear(color.blue));
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

#[cfg(test)]
mod tests {
    use super::{difference, oklab};

    #[test]
    fn known_colours() {
        let color = |text: &str| text.parse().unwrap();
        assert!((difference(color("#000000"), color("#ffffff")) - 1.0).abs() < 1e-6);
        // Red in OKLab as published: 0.62796, 0.22486, 0.12585.
        let red = oklab(color("#ff0000"));
        for (ours, published) in red.iter().zip([0.627_96, 0.224_86, 0.125_85]) {
            assert!((ours - published).abs() < 1e-4);
        }
    }
}
