package dev.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkFixtureTests {

    @Test
    void referenceHas641UrlsAnd70Faults() {
        LinkFixture reference = LinkFixture.reference();

        assertThat(reference.pages()).isEqualTo(500);
        assertThat(reference.urls()).isEqualTo(641);
        assertThat(reference.brokenLinks()).hasSize(60);
        assertThat(reference.fragmentLinks()).hasSize(10);
    }

    @Test
    void growthKeepsTheProportions() {
        LinkFixture large = LinkFixture.ofUrls(50_000);

        assertThat(large.urls()).isEqualTo(50_000);
        assertThat(large.pages()).isEqualTo(39_001);
        assertThat(large.brokenLinks()).hasSize(4_680);
    }
}
