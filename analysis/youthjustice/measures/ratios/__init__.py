"""Two groups compared: ratios of shares and of rates, each with the p-value of its own interval."""
