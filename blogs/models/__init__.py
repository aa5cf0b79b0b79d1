"""What telling consists of: posts with their revisions, and the comments on them."""

from blogs.models.comments import Comment, Report
from blogs.models.posts import Hashtag, Kind, Post, Revision

__all__ = ["Comment", "Hashtag", "Kind", "Post", "Report", "Revision"]
