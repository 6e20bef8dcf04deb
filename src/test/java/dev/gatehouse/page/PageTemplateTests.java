package dev.gatehouse.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;

class PageTemplateTests {

    @Test
    void dataOfOtherSitesIsEscapedAndWithoutHiddenCharacters() {
        Map<String, Object> model =
                Map.of(
                        "code",
                        "x",
                        "status",
                        400,
                        "text",
                        "<b title=\"'`\">\u202etxt\u0000\u001b[2J\u2066 \u05d0\tz");

        String page = new PageTemplate("problem").render(HttpStatus.OK, model, List.of()).getBody();

        assertThat(page)
                .contains(
                        "&lt;b title&#x3D;&quot;&#39;&#x60;&quot;&gt;\ufffdtxt\ufffd\ufffd[2J\ufffd \u05d0\tz");
    }
}
