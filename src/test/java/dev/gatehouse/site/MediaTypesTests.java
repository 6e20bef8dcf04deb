package dev.gatehouse.site;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As in IANA's register of media types, or the document that defines the format. */
class MediaTypesTests {

    @ParameterizedTest
    @CsvSource({
        "site.webmanifest, application/manifest+json",
        "README.md, text/markdown",
        "captions.vtt, text/vtt",
        "openapi.yaml, application/yaml",
        "openapi.yml, application/yaml",
        "places.geojson, application/geo+json",
        "data.jsonld, application/ld+json",
        "model.glb, model/gltf-binary",
        "model.gltf, model/gltf+json",
        "common.cjs, text/javascript",
        "module.mjs, text/javascript",
        "photo.heic, image/heic",
        "photo.heif, image/heif",
        "app.js.map, application/json",
        "config.toml, application/toml",
        "clip.avifs, image/avif",
        "image.avif, image/avif",
        "contact.vcf, text/vcard",
        "drawing.svg, image/svg+xml",
        "drawing.svgz, image/svg+xml",
        "favicon.ico, image/vnd.microsoft.icon",
        "stream.mpd, application/dash+xml",
        "anim.apng, image/apng",
        "archive.tar.gz, application/gzip",
        "archive.zst, application/zstd",
        "sound.aac, audio/aac",
        "sound.wav, audio/wav",
        "lines.ndjson, application/x-ndjson",
        "book.ipynb, application/x-ipynb+json",
        "part.stl, model/stl",
        "part.obj, model/obj",
        "scene.usdz, model/vnd.usdz+zip",
        "module.wasm, application/wasm",
        "feed.atom, application/atom+xml",
        "font.ttf, font/ttf",
        "PHOTO.JPG, image/jpeg",
        "folder.d/plain, application/octet-stream",
        "what.is-this, application/octet-stream"
    })
    void typeWhenTheFormatIsRegisteredIsThat(String name, String type) {
        assertThat(MediaTypes.of(name)).isEqualTo(type);
    }
}
