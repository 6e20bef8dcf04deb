package dev.gatehouse.site;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.web.server.MimeMappings;

/**
 * The media type of a file name: as registered with IANA, else as commonly used, else {@code
 * application/octet-stream}.
 */
final class MediaTypes {

    private static final String UNKNOWN = "application/octet-stream";

    /** What Spring Boot's mappings lack, or have under a former name. */
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("3mf", "model/3mf"),
                    Map.entry("aac", "audio/aac"),
                    Map.entry("apng", "image/apng"),
                    Map.entry("avifs", "image/avif"),
                    Map.entry("cjs", "text/javascript"),
                    Map.entry("conf", "text/plain"),
                    Map.entry("cur", "image/vnd.microsoft.icon"),
                    Map.entry("geojson", "application/geo+json"),
                    Map.entry("glb", "model/gltf-binary"),
                    Map.entry("gltf", "model/gltf+json"),
                    Map.entry("gz", "application/gzip"),
                    Map.entry("heic", "image/heic"),
                    Map.entry("heif", "image/heif"),
                    Map.entry("ico", "image/vnd.microsoft.icon"),
                    Map.entry("ini", "text/plain"),
                    Map.entry("ipynb", "application/x-ipynb+json"),
                    Map.entry("jfif", "image/jpeg"),
                    Map.entry("json5", "application/json5"),
                    Map.entry("jsonl", "application/jsonl"),
                    Map.entry("jsonld", "application/ld+json"),
                    Map.entry("ktx2", "image/ktx2"),
                    Map.entry("map", "application/json"),
                    Map.entry("markdown", "text/markdown"),
                    Map.entry("md", "text/markdown"),
                    Map.entry("mpd", "application/dash+xml"),
                    Map.entry("mtl", "model/mtl"),
                    Map.entry("ndjson", "application/x-ndjson"),
                    Map.entry("obj", "model/obj"),
                    Map.entry("parquet", "application/vnd.apache.parquet"),
                    Map.entry("sql", "application/sql"),
                    Map.entry("srt", "text/plain"),
                    Map.entry("step", "model/step"),
                    Map.entry("stl", "model/stl"),
                    Map.entry("stp", "model/step"),
                    Map.entry("toml", "application/toml"),
                    Map.entry("topojson", "application/json"),
                    Map.entry("usda", "model/vnd.usda"),
                    Map.entry("usdz", "model/vnd.usdz+zip"),
                    Map.entry("vcard", "text/vcard"),
                    Map.entry("vcf", "text/vcard"),
                    Map.entry("vtt", "text/vtt"),
                    Map.entry("wav", "audio/wav"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("xsl", "application/xslt+xml"),
                    Map.entry("xslt", "application/xslt+xml"),
                    Map.entry("yaml", "application/yaml"),
                    Map.entry("yml", "application/yaml"),
                    Map.entry("zst", "application/zstd"));

    /** Text without a {@code text/} in front. */
    private static final Pattern TEXT =
            Pattern.compile(
                    "text/.*|.*\\+(xml|json|yaml)|application/(json|json5|jsonl|x-ndjson|xml|xml-dtd"
                            + "|javascript|yaml|toml|sql|rtf|x-sh|x-tex"
                            + "|x-subrip|vnd\\.apple\\.mpegurl)");

    /** Binary formats that hold their data without compression. */
    private static final Set<String> UNCOMPRESSED =
            Set.of(
                    "application/vnd.ms-fontobject",
                    "application/wasm",
                    "application/x-tar",
                    "audio/midi",
                    "audio/wav",
                    "font/collection",
                    "font/otf",
                    "font/ttf",
                    "image/bmp",
                    "image/vnd.microsoft.icon",
                    "model/gltf-binary",
                    "model/mtl",
                    "model/obj",
                    "model/step",
                    "model/stl",
                    "model/vnd.usda");

    private MediaTypes() {}

    /** The type that a file of that name has, without parameters. */
    static String of(String name) {
        String extension = extension(name);
        String type = TYPES.get(extension);
        if (type == null) {
            type = MimeMappings.DEFAULT.get(extension);
        }
        return type == null ? UNKNOWN : type;
    }

    /** The type as it stands in {@code Content-Type}: text is UTF-8. */
    static String contentType(String type) {
        return isText(type) ? type + ";charset=utf-8" : type;
    }

    /** Whether files of that type become smaller when they are compressed. */
    static boolean isCompressible(String type) {
        return isText(type) || UNCOMPRESSED.contains(type);
    }

    /** Text that states its encoding otherwise is rare; SVG, XML and JSON default to UTF-8. */
    private static boolean isText(String type) {
        return TEXT.matcher(type).matches();
    }

    /** In lower case, or empty. */
    static String extension(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        return file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
