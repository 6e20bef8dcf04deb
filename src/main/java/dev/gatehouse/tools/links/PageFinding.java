package dev.gatehouse.tools.links;

/**
 * A finding that is not about one link.
 *
 * @param id such as {@code mixed-content-active}
 * @param line from 1; 0 where it is about the whole page
 * @param evidence what is there
 * @param remedy what to write in its place
 */
record PageFinding(String id, String page, int line, int column, String evidence, String remedy) {}
