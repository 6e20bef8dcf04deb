package dev.gatehouse.site;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** A folder in the application. */
class ClasspathSource implements SiteSource {

    private final String location;

    /** A source of files below {@code classpath:/.../}. */
    ClasspathSource(String location) {
        this.location = location;
    }

    @Override
    public List<Found> list() throws IOException {
        PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
        String root = resolver.getResource(location).getURL().toString();
        List<Found> files = new ArrayList<>();
        for (Resource resource : resolver.getResources(location + "**")) {
            String url = resource.getURL().toString();
            if (resource.isReadable() && !url.endsWith("/")) {
                files.add(
                        new Found(
                                url.substring(root.length()),
                                new FileStamp(
                                        resource.contentLength(),
                                        FileTime.fromMillis(resource.lastModified()),
                                        null,
                                        null),
                                null,
                                resource::getContentAsByteArray));
            }
        }
        return files;
    }
}
