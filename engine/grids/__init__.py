"""Where pixels lie: grids, the ground they measure, and points and areas brought to them."""
