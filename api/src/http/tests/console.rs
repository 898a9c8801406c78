//! The page that a browser finds at `/graphql`.
use super::*;

impl Server {
    /// The page at `path`, its status and its policy.
    async fn page(&self, path: &str, language: &str) -> (StatusCode, String, String) {
        let request = Request::get(path)
            .header(ACCEPT, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
            .header(ACCEPT_LANGUAGE, language);
        let request = request.body(Body::empty()).expect("a request");
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let status = response.status();
        let policy = response.headers()[CONTENT_SECURITY_POLICY].to_str().expect("text").to_owned();
        assert_eq!(response.headers().get_all(CONTENT_SECURITY_POLICY).iter().count(), 1);
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        (status, String::from_utf8_lossy(&body).into_owned(), policy)
    }
}

#[tokio::test]
async fn the_page_runs_no_script_and_sends_its_form_here_alone() {
    let server = Server::start().await;
    let (status, page, policy) = server.page("/graphql", "fr").await;
    assert_eq!(status, StatusCode::OK);
    for part in
        ["default-src 'none'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'"]
    {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("script-src") && !policy.contains("unsafe"), "{policy}");
    for absent in ["<script", "onclick", "style=", "javascript:", "<style"] {
        assert!(!page.contains(absent), "{absent}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
    assert!(page.contains("<label for=\"query\"") && page.contains("id=\"query\""), "{page}");
    let style = server.get("/console.css").await;
    assert_eq!((style.status, style.media.as_str()), (StatusCode::OK, "text/css; charset=utf-8"));
}

#[tokio::test]
async fn the_page_is_in_french_unless_english_is_asked_for() {
    let server = Server::start().await;
    for (language, lang, title) in [
        ("fr-MA", "lang=\"fr\" dir=\"ltr\"", "Interroger le registre"),
        ("zgh", "lang=\"fr\" dir=\"ltr\"", "Interroger le registre"),
        ("ar-MA, fr;q=0.8", "lang=\"ar\" dir=\"rtl\"", "اسألوا السجل"),
        ("en", "lang=\"en\" dir=\"ltr\"", "Ask the ledger"),
    ] {
        let (_, page, _) = server.page("/graphql", language).await;
        assert!(page.contains(lang) && page.contains(title), "{language}: {page}");
        assert!(!page.contains("console-"), "a message lacks: {page}");
        assert!(page.contains("name=\"query\" dir=\"ltr\""), "GraphQL runs from the left: {page}");
        let contract = "<a href=\"/schema.graphql\" dir=\"ltr\">/schema.graphql</a>";
        assert!(page.contains(contract), "an address does too: {page}");
    }
}

#[tokio::test]
async fn a_question_and_its_answer_stand_on_the_page_as_text() {
    let server = Server::start().await;
    let query =
        "%7Bledger%7Bname%20a:name%7D%7D%23%3C/textarea%3E%3Cscript%3Ealert(1)%3C/script%3E";
    let (status, page, _) = server.page(&format!("/graphql?query={query}"), "fr").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("&quot;name&quot;: &quot;Essai&quot;"), "{page}");
    assert!(
        page.contains("&lt;/textarea&gt;&lt;script&gt;") && !page.contains("<script"),
        "{page}"
    );
    let (status, page, _) = server.page("/graphql?query=%7B%3Cscript%3E%7D", "fr").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(page.contains("QUERY_UNREADABLE") && !page.contains("<script"), "{page}");
}

#[tokio::test]
async fn a_page_that_the_browser_holds_keeps_its_policy() {
    let server = Server::start().await;
    let path = "/graphql?query=%7Bledger%7Bname%7D%7D";
    let request = Request::get(path).header(ACCEPT, "text/html").header("if-none-match", "*");
    let request = request.body(Body::empty()).expect("a request");
    let response = server.router.clone().oneshot(request).await.expect("an answer");
    assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
    let (_, _, policy) = server.page(path, "fr").await;
    assert_eq!(response.headers()[CONTENT_SECURITY_POLICY], policy);
}

#[tokio::test]
async fn a_mutation_is_refused_on_the_page() {
    let server = Server::start().await;
    let (status, page, _) = server.page("/graphql?query=mutation%7B__typename%7D", "fr").await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(
        page.contains("MUTATION_BY_GET") && page.contains("une mutation s'envoie par POST"),
        "{page}"
    );
}

#[tokio::test]
async fn a_client_that_accepts_anything_is_told_that_its_query_lacks() {
    let server = Server::start().await;
    for accept in ["*/*", "application/json", GRAPHQL] {
        let request = Request::get("/graphql").header(ACCEPT, accept);
        let reply = server.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{accept}");
        assert_eq!(reply.body["errors"][0]["extensions"]["reason"], "QUERY_MISSING", "{accept}");
    }
}
