package dev.gatehouse.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteFileReaderTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app-0123abcd.js",
                "assets/main.8f3a1c9e.chunk.css",
                "style.min.c0ffee1234567890c0ffee1234567890c0ffee1234567890c0ffee1234567890.css",
                "fonts/inter-1a2b3c4d5e.woff2",
                "runtime.0123456789abcdef0123.js",
                "logo.d41d8cd98f00b204e980.svg"
            })
    void fileWhenItsNameHasAContentHashNeverChanges(String name) {
        assertThat(SiteFileReader.cacheControl(name))
                .isEqualTo("public, max-age=31536000, immutable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report-20260131.html",
                "report-20260131.pdf",
                "photo-20260131.jpg",
                "invoice-12345678.pdf",
                "invoice-1234567a.pdf",
                "x-deadbeef.html",
                "x-deadbeef.js",
                "page-0123abcd.html",
                "page-0123abcd.htm",
                "page-0123abcd.xhtml",
                "build-0123abcd.zip",
                "notes.0123abcd.txt",
                "photo-550e8400-e29b-41d4-a716-4466554400aa.png",
                "app-0123ABCD.js",
                "app0123abcd.js",
                "app.js",
                "0123abcd"
            })
    void fileWhenItsNameHasNoContentHashIsAskedForAgain(String name) {
        assertThat(SiteFileReader.cacheControl(name)).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @CsvSource({
        "a.wasm, application/wasm",
        "a.atom, application/atom+xml;charset=utf-8",
        "a.rss, application/rss+xml;charset=utf-8",
        "a.ttf, font/ttf",
        "a.otf, font/otf",
        "a.ico, image/vnd.microsoft.icon",
        "a.bmp, image/bmp",
        "a.geojson, application/geo+json;charset=utf-8",
        "a.glb, model/gltf-binary",
        "a.yaml, application/yaml;charset=utf-8"
    })
    void fileWhenItsFormatIsNotCompressedIsCompressed(String name, String type) {
        SiteFile file = read(name, "0123456789".repeat(1000));

        assertThat(file.contentType()).isEqualTo(type);
        assertThat(file.brotli()).isNotNull();
        assertThat(file.gzip()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a.png", "a.woff2", "a.zip", "a.mp4", "a.gz", "a.svgz", "a.bin", "a.heic"})
    void fileWhenItsFormatIsCompressedIsLeftAsItIs(String name) {
        assertThat(read(name, "0123456789".repeat(1000)).isNegotiable()).isFalse();
    }

    @Test
    void fileWhenCompressionSavesNextToNothingIsLeftAsItIs() {
        assertThat(read("a.txt", "0123456789abcdef").isNegotiable()).isFalse();
    }

    private static SiteFile read(String name, String text) {
        return new SiteFileReader(List.of())
                .inMemory(
                        name,
                        text.getBytes(StandardCharsets.UTF_8),
                        new FileStamp(text.length(), FileTime.fromMillis(0), null, null));
    }
}
