package dev.gatehouse.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.unit.DataSize;

class CurrentSiteTests {

    /** What reproducible builds give to every file. */
    private static final FileTime EPOCH = FileTime.fromMillis(1_000);

    @TempDir private Path folder;

    private Path root;

    @BeforeEach
    void writeSite() throws IOException {
        root = Files.createDirectory(folder.resolve("site"));
        write("index.html", "first");
        write("large.txt", "the first of two large files");
    }

    @Test
    void fileWhenRewrittenWithTheSameLengthAndTimeIsNewUnderAnotherEtag() throws IOException {
        CurrentSite site = site();
        String before = etag(site, "/index.html");

        write("index.html", "other");
        updateTwice(site);

        assertThat(body(site, "/index.html")).isEqualTo("other");
        assertThat(etag(site, "/index.html")).isNotEqualTo(before);
    }

    @Test
    void fileWhenReplacedByOneOfTheSameLengthAndTimeIsNew() throws IOException {
        CurrentSite site = site();

        Path next = Files.writeString(folder.resolve("next"), "other");
        Files.setLastModifiedTime(next, EPOCH);
        Files.move(next, root.resolve("index.html"), StandardCopyOption.REPLACE_EXISTING);
        updateTwice(site);

        assertThat(body(site, "/index.html")).isEqualTo("other");
    }

    @Test
    void largeFileWhenRewrittenIsNewUnderAnotherEtagAtOnce() throws IOException {
        CurrentSite site = site();
        String before = etag(site, "/large.txt");

        write("large.txt", "the other of two large files");

        assertThat(body(site, "/large.txt")).isEqualTo("the other of two large files");
        assertThat(etag(site, "/large.txt")).isNotEqualTo(before);
        updateTwice(site);
        assertThat(etag(site, "/large.txt")).isNotEqualTo(before);
    }

    @Test
    void largeFileWhenItsAttributesAloneChangeKeepsItsEtag() throws IOException {
        CurrentSite site = site();
        String before = etag(site, "/large.txt");

        write("large.txt", "the first of two large files");
        updateTwice(site);

        assertThat(etag(site, "/large.txt")).isEqualTo(before);
    }

    @Test
    void largeFileWhenGoneIsNotFound() throws IOException {
        CurrentSite site = site();

        Files.delete(root.resolve("large.txt"));

        SiteFile file = (SiteFile) Objects.requireNonNull(site.get().find("/large.txt"));
        assertThat(SiteFileReader.current(file)).isNull();
    }

    @Test
    void fileWhenNothingChangedIsNotReadAgain() throws IOException {
        CurrentSite site = site();
        SiteEntry before = site.get().find("/index.html");

        write("new.html", "new");
        updateTwice(site);

        assertThat(body(site, "/new.html")).isEqualTo("new");
        assertThat(site.get().find("/index.html")).isSameAs(before);
    }

    @Test
    void siteWhenItsFolderIsGoneGoesOnBeingServed() throws IOException {
        CurrentSite site = site();

        Files.move(root, folder.resolve("elsewhere"));
        updateTwice(site);

        assertThat(body(site, "/index.html")).isEqualTo("first");
        assertThat(site.problem()).isEqualTo("is no folder any more");
        Files.move(folder.resolve("elsewhere"), root);
        site.update();
        assertThat(site.problem()).isNull();
    }

    @Test
    void siteWhenItsFolderIsEmptyGoesOnBeingServedUntilItIsFilledAgain() throws IOException {
        CurrentSite site = site();

        FileSystemUtils.deleteRecursively(root);
        Files.createDirectories(root.resolve(".git"));
        Files.writeString(root.resolve(".git/HEAD"), "ref: main");
        updateTwice(site);

        assertThat(body(site, "/index.html")).isEqualTo("first");
        assertThat(site.problem()).isEqualTo("has no file that can be served");
        write("index.html", "second");
        updateTwice(site);
        assertThat(site.problem()).isNull();
        assertThat(body(site, "/index.html")).isEqualTo("second");
    }

    @Test
    void siteWhenItsFolderIsEmptyAtTheStartIsRefused() throws IOException {
        FileSystemUtils.deleteRecursively(root);
        Files.createDirectory(root);

        assertThatThrownBy(this::site)
                .hasMessage(
                        "gatehouse.site.root = 'file:%s/' has no file that can be served.", root);
    }

    @Test
    void siteWithoutItsFallbackAtTheStartIsRefused() throws IOException {
        assertThat(site("/index.html").get().find("/index.html")).isNotNull();
        assertThatThrownBy(() -> site("/app.html"))
                .hasMessage("gatehouse.site.fallback = '/app.html' is no file of the site.");
    }

    private CurrentSite site() throws IOException {
        return site(null);
    }

    private CurrentSite site(@Nullable String fallback) throws IOException {
        return new CurrentSite(
                new SiteProperties(
                        "file:" + root,
                        DataSize.ofBytes(20),
                        null,
                        Duration.ofMillis(500),
                        null,
                        false,
                        fallback,
                        List.of(),
                        List.of()),
                new FolderSource(root));
    }

    private void write(String name, String text) throws IOException {
        Files.setLastModifiedTime(Files.writeString(root.resolve(name), text), EPOCH);
    }

    private static void updateTwice(CurrentSite site) throws IOException {
        site.update();
        site.update();
    }

    private static String body(CurrentSite site, String path) {
        try {
            return get(site, path).getContentAsString();
        } catch (IOException ex) {
            throw new AssertionError(ex);
        }
    }

    private static String etag(CurrentSite site, String path) throws IOException {
        return String.valueOf(get(site, path).getHeader("ETag"));
    }

    private static MockHttpServletResponse get(CurrentSite site, String path) throws IOException {
        SiteFile file = (SiteFile) Objects.requireNonNull(site.get().find(path));
        SiteFile current = Objects.requireNonNull(SiteFileReader.current(file));
        MockHttpServletResponse response = new MockHttpServletResponse();
        new FileResponse(new MockHttpServletRequest("GET", path), response, current).send();
        return response;
    }
}
