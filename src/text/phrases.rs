//! Words by which the furniture of news pages is known: plain data.
//!
//! Collected by hand from the plain text of public pages of English news sites; in lower case unless case tells.

/// News and picture agencies and other media that stand in credits and are glued to names in bylines.
#[rustfmt::skip]
pub(super) const AGENCIES: &[&str] = &[
    "Reuters", "REUTERS", "AP", "Associated Press", "The Associated Press", "AFP", "Agence France-Presse", "dpa",
    "DPA", "EPA", "EPA-EFE", "EFE", "ANSA", "PA", "PA Media", "PA Wire", "Getty", "Getty Images", "Bloomberg",
    "BBC", "BBC News", "CNN", "Xinhua", "TASS", "Tass", "Interfax", "ITAR-TASS", "UPI", "Euronews",
    "Euronews with AP", "Al Jazeera", "Anadolu", "Anadolu Agency", "NurPhoto", "Shutterstock", "Alamy", "Kyodo",
    "Yonhap", "Pool", "AP Photo",
];

/// Towns that agencies report from, in capitals as datelines have them.
#[rustfmt::skip]
pub(super) const BUREAUS: &[&str] = &[
    "LONDON", "PARIS", "BERLIN", "MADRID", "BRUSSELS", "MOSCOW", "KYIV", "KIEV", "WARSAW", "VIENNA", "GENEVA",
    "ATHENS", "ISTANBUL", "ANKARA", "CAIRO", "BEIRUT", "DAMASCUS", "JERUSALEM", "BAGHDAD", "TEHRAN", "DUBAI",
    "RIYADH", "NAIROBI", "JOHANNESBURG", "HARARE", "TOKYO", "SEOUL", "BEIJING", "SHANGHAI", "TAIPEI", "BANGKOK",
    "JAKARTA", "MANILA", "SINGAPORE", "MUMBAI", "ISLAMABAD", "KABUL", "SYDNEY", "CANBERRA", "WELLINGTON",
    "WASHINGTON", "CHICAGO", "BOSTON", "HOUSTON", "ATLANTA", "TORONTO", "OTTAWA", "HAVANA", "CARACAS", "BOGOTA",
    "SANTIAGO", "DUBLIN", "BELFAST", "EDINBURGH", "STOCKHOLM", "COPENHAGEN", "HELSINKI", "TALLINN", "VILNIUS",
    "PRAGUE", "BUDAPEST", "BUCHAREST", "BELGRADE", "ZAGREB", "SARAJEVO", "LISBON", "AMSTERDAM", "FRANKFURT",
    "ZURICH",
];

/// Buttons and other words of the page itself. A line that is made of them and of numbers is furniture.
#[rustfmt::skip]
pub(super) const INTERFACE: &[&str] = &[
    "share this article", "share this story", "share this page", "share this", "share on facebook",
    "share on twitter", "share on linkedin", "share on whatsapp", "share via email", "share", "comments", "comment",
    "close button", "close", "copy link", "copy to clipboard", "link copied", "copied", "print this page", "print",
    "email this article", "email", "save", "saved", "bookmark", "listen to this article", "listen", "watch now",
    "play video", "play", "pause", "loading", "advertisement", "advertising", "ad feedback", "ad", "sponsored",
    "sponsored content", "promoted content", "read more", "read more about", "show more", "load more", "view more",
    "see more", "more details", "more", "view all", "see all", "sign up", "sign in", "sign up for free", "log in",
    "log out", "register", "subscribe", "subscribe now", "newsletter", "newsletters", "follow us", "follow",
    "facebook", "twitter", "x", "instagram", "whatsapp", "linkedin", "telegram", "reddit", "youtube",
    "skip to content", "skip to main content", "menu", "search", "home", "back to top", "accept", "accept all",
    "manage cookies", "cookie policy", "privacy policy", "terms of use", "all rights reserved", "add to favourites",
    "get the app", "report this ad", "text size", "view comments", "leave a comment", "post a comment", "min read",
    "minute read", "minutes ago", "hour ago", "hours ago", "days ago",
];

/// How longer lines of furniture begin.
#[rustfmt::skip]
pub(super) const INTERFACE_OPENERS: &[&str] = &[
    "sign up for", "sign up to", "subscribe to", "subscribe now", "follow us on", "follow bbc", "follow cnn",
    "click here", "download our", "download the", "get our", "get the latest", "join our", "listen to our",
    "watch our", "this article was originally", "we use cookies", "by signing up", "by subscribing",
    "your email address", "have you got a story", "for more information, visit",
];

/// Lines after which headlines of other articles come.
#[rustfmt::skip]
pub(super) const RELATED_HEADINGS: &[&str] = &[
    "you might also like", "you may also like", "you may like", "related", "related articles", "related stories",
    "related topics", "related news", "related content", "related coverage", "read next", "read also", "also read",
    "see also", "more on this story", "more on this topic", "more stories", "more from", "more news", "most read",
    "most popular", "most viewed", "popular", "trending", "trending now", "recommended", "recommended for you",
    "recommended stories", "top stories", "latest news",
];

/// How a link to another article begins.
#[rustfmt::skip]
pub(super) const RELATED_OPENERS: &[&str] = &[
    "read more:", "read also:", "also read:", "related:", "see also:", "watch:", "more:", "read next:",
    "don't miss:",
];

/// How lines about the author and the date begin.
#[rustfmt::skip]
pub(super) const BYLINE_OPENERS: &[&str] = &[
    "published on", "published:", "published at", "published", "first published", "updated on", "updated:",
    "updated at", "updated", "last updated", "last modified", "posted on", "posted:", "posted at", "posted by",
    "written by", "reporting by", "(reporting by", "editing by", "(editing by", "additional reporting by",
    "(writing by", "writing by", "words by", "date:", "created on",
];

/// How captions begin.
#[rustfmt::skip]
pub(super) const CAPTION_OPENERS: &[&str] = &[
    "in this photo", "in this file photo", "in this image", "in this picture", "in this undated", "in this handout",
    "in this screen", "in this video", "in this combination", "file photo", "file picture", "file image", "file -",
    "file –", "file —", "pictured:", "image caption", "caption:", "media caption", "photo shows", "this photo",
    "this image",
];

/// Months and days, as they stand in lines that are dates.
#[rustfmt::skip]
pub(super) const DATE_WORDS: &[&str] = &[
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat",
    "sun", "am", "pm", "gmt", "utc", "bst", "est", "edt", "cet",
];
