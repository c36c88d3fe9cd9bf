"""What happens in the demo service, told as stories: each goes on through the product's own actions."""
