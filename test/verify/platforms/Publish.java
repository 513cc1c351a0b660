// Gets a token by a posted form and publishes with it, with nothing but java.net.http of the JDK.
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

public class Publish {
  public static void main(String[] arguments) throws Exception {
    String origin = arguments[0], clientId = arguments[1], secret = arguments[2], unsid = arguments[3];
    HttpClient client = HttpClient.newHttpClient();

    String form = Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", secret,
            "scope", "https://graph.microsoft.com/.default").entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    var tokenAnswer = client.send(HttpRequest.newBuilder(URI.create(origin + "/contoso.example/oauth2/v2.0/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(form)).build(), BodyHandlers.ofString());
    var token = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(tokenAnswer.body());
    if (!token.find()) throw new IllegalStateException("no token: " + tokenAnswer.body());

    String notification = "{\"targetHostName\":\"team.example\",\"payload\":{\"visualContent\":{\"title\":\"From Java\"}}}";
    var answer = client.send(HttpRequest.newBuilder(URI.create(origin + "/beta/me/notifications"))
        .header("Authorization", "Bearer " + token.group(1))
        .header("X-UNS-ID", unsid)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(notification)).build(), BodyHandlers.ofString());
    System.out.println(answer.version() + " " + answer.statusCode());
  }
}
