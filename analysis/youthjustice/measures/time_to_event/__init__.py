"""Time to the first reoffence: survival curves, competing risks, Cox regression."""
