"""From scores to answers: calibration, risk, conformal sets, ranks."""
