"""Where pixels lie: grids, the ground they measure, and points and shapes brought to them."""
