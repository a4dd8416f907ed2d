"""Image features to concept scores to taxa: statistics, fitting, decoding, intervention."""
