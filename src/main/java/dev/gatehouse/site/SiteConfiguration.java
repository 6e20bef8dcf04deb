package dev.gatehouse.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.boot.autoconfigure.web.WebProperties;
import org.springframework.boot.webmvc.autoconfigure.error.DefaultErrorViewResolver;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Serves the site's files with Spring's resource handling. */
@Configuration(proxyBeanMethods = false)
class SiteConfiguration implements WebMvcConfigurer {

    private static final Map<String, String> TEXT_TYPES =
            Map.of(
                    "html", "text/html",
                    "css", "text/css",
                    "js", "text/javascript",
                    "txt", "text/plain",
                    "svg", "image/svg+xml");

    /** What every site has: error pages, for a site that brings none. */
    private static final String FALLBACK = "classpath:/fallback/";

    private final SiteProperties properties;

    SiteConfiguration(SiteProperties properties) {
        this.properties = properties;
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/**")
                .addResourceLocations(properties.root(), FALLBACK)
                .setEtagGenerator(SiteConfiguration::etag)
                .resourceChain(false)
                .addResolver(new SiteResourceResolver());
    }

    /** The resource handler serves no empty path. */
    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/").setViewName("forward:/index.html");
    }

    /** A folder without its slash is sent to the one with it, where relative links are right. */
    @Bean
    RouterFunction<ServerResponse> folderRedirect(ResourceLoader resources) {
        return RouterFunctions.route(
                request -> isFolder(request.path(), resources),
                request -> ServerResponse.status(301).location(withSlash(request.uri())).build());
    }

    private boolean isFolder(String path, ResourceLoader resources) {
        return !path.endsWith("/")
                && !SiteResourceResolver.isHidden(path)
                && resources
                        .getResource(properties.root() + path.substring(1) + "/index.html")
                        .exists();
    }

    private static URI withSlash(URI uri) {
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return URI.create(uri.getRawPath() + "/" + query);
    }

    /** Text is UTF-8, and says so. */
    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
        TEXT_TYPES.forEach(
                (extension, type) ->
                        configurer.mediaType(
                                extension,
                                new MediaType(
                                        MediaType.parseMediaType(type), StandardCharsets.UTF_8)));
    }

    /**
     * The site's own {@code error/404.html}, {@code 4xx.html} and {@code 5xx.html}, or else ours.
     */
    @Bean
    DefaultErrorViewResolver errorPages(ApplicationContext context) {
        WebProperties.Resources locations = new WebProperties.Resources();
        locations.setStaticLocations(new String[] {properties.root(), FALLBACK});
        return new DefaultErrorViewResolver(context, locations);
    }

    private static String etag(Resource resource) {
        try {
            return "W/\"%x-%x\"".formatted(resource.lastModified(), resource.contentLength());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
