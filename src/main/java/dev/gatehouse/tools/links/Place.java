package dev.gatehouse.tools.links;

import dev.gatehouse.tools.html.Reference;

/**
 * Where a link stands.
 *
 * @param page URL of the page, style sheet or sitemap
 * @param line from 1; 0 where it is not known
 * @param column from 1
 * @param attribute or property
 * @param text that a visitor sees
 */
record Place(String page, int line, int column, String element, String attribute, String text) {

    static Place of(String page, Reference reference) {
        return new Place(
                page,
                reference.line(),
                reference.column(),
                reference.element(),
                reference.attribute(),
                reference.text());
    }
}
