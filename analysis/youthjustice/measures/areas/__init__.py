"""Areas compared: funnels, benchmarks, ranks with their uncertainty, standardisation, decomposition."""
