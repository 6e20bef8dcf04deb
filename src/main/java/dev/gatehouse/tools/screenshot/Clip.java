package dev.gatehouse.tools.screenshot;

/** A rectangle of a page, in CSS pixels from the page's top left corner. */
record Clip(double x, double y, double width, double height) {}
