"""What is known of human languages: numbers, units, times of day and dates, in several of them."""
